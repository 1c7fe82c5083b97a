import type { ActionBodies } from '../kit/action.ts'
import type { RobotFile } from './client.ts'
import { byteLength, shorten } from './shorten.ts'

/** A message as it waits: markdown, or plain text where somebody is called whom markdown cannot call. */
export interface RobotMessage {
  readonly kind: 'markdown' | 'text'
  readonly content: string
  /** User ids, and `@all`; of plain text only. */
  readonly ids: readonly string[]
  readonly mobiles: readonly string[]
  /** Follows it; such a message goes out by itself. */
  readonly file?: RobotFile
}

const MAX_BYTES = { markdown: 4_096, text: 2_048 } as const
const GAP = '\n\n'
const ALL = '@all'
const MOBILE = /^1\d{10}$/

/**
 * The message as this medium can show it. Markdown calls people by user id (`<@id>`); phones and everybody can
 * only be called by plain text.
 */
export function robotMessage({ text, subject, to = [], file }: ActionBodies['message']): RobotMessage {
  const mobiles = to.filter(each => MOBILE.test(each))
  const ids = to.filter(each => !MOBILE.test(each))
  if (mobiles.length > 0 || ids.includes(ALL)) {
    const content = [subject, plainText(text)].filter(Boolean).join('\n')
    return { kind: 'text', content: shorten(content, MAX_BYTES.text), ids, mobiles, ...attached(file) }
  }
  const calls = ids.map(id => `<@${id}>`).join(' ')
  const tail = calls === '' ? '' : `\n${calls}`
  const content = [subject && `**${subject}**`, text].filter(Boolean).join('\n')
  return {
    kind: 'markdown',
    content: shorten(content, MAX_BYTES.markdown - byteLength(tail)) + tail,
    ids: [],
    mobiles: [],
    ...attached(file),
  }
}

function attached(file: ActionBodies['message']['file']): Pick<RobotMessage, 'file'> {
  if (!file) return {}
  const { name, contentType, base64 } = file
  return { file: { name, contentType, bytes: Buffer.from(base64, 'base64') } }
}

/** One message that says what both say; undefined when they are of two kinds, too long together or bear files. */
export function merged(one: RobotMessage, other: RobotMessage): RobotMessage | undefined {
  if (one.file || other.file) return undefined
  const content = one.content + GAP + other.content
  if (one.kind !== other.kind || byteLength(content) > MAX_BYTES[one.kind]) return undefined
  return {
    kind: one.kind,
    content,
    ids: [...new Set([...one.ids, ...other.ids])],
    mobiles: [...new Set([...one.mobiles, ...other.mobiles])],
  }
}

/** The body of `webhook/send`. */
export function wireMessage({ kind, content, ids, mobiles }: RobotMessage): unknown {
  if (kind === 'markdown') return { msgtype: 'markdown', markdown: { content } }
  return {
    msgtype: 'text',
    text: {
      content,
      ...(ids.length > 0 && { mentioned_list: ids }),
      ...(mobiles.length > 0 && { mentioned_mobile_list: mobiles }),
    },
  }
}

/** Markdown without its marks. */
function plainText(markdown: string): string {
  return markdown
    .replace(/<\/?font[^>]*>/g, '')
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 $2')
    .replace(/^(?:#{1,6}|>)\s+/gm, '')
    .replace(/\*\*|`/g, '')
}
