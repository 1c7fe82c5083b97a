import { isRecord } from '../../server/workflow/param-parts.ts'
import { parseExact } from '../api/exact-json.ts'

const FORMAT = 'orderloom.workflow'
const LARGEST_BYTES = 8_000_000

export type FileFault = 'too-large' | 'not-json' | 'not-workflow'

/** A workflow as a file holds it, ready to be sent; or what is wrong with the file. */
export type FileReading =
  | { readonly document: Readonly<Record<string, unknown>> }
  | { readonly fault: FileFault }

/** Reads a file somebody picked or dropped. The drawing in it is checked by the server. */
export async function readWorkflowFile(file: Pick<File, 'size' | 'text'>): Promise<FileReading> {
  if (file.size > LARGEST_BYTES) return { fault: 'too-large' }
  const text = await file.text()
  let document: unknown
  try {
    document = parseExact(text.replace(/^\uFEFF/, ''))
  } catch {
    return { fault: 'not-json' }
  }
  return isRecord(document) && document.format === FORMAT ? { document } : { fault: 'not-workflow' }
}

/** A name files may have on every system: `素衣：订单/一.json` → `素衣：订单-一.json`. */
export function fileName(name: string): string {
  const safe = [...name.trim()]
    .map(letter => (letter < ' ' || '\\/:*?"<>|'.includes(letter) ? '-' : letter))
    .join('')
    .replace(/^\.+|\.+$/g, '')
  return `${safe || 'workflow'}.json`
}
