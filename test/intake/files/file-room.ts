import { readOrderFile } from '../../../server/intake/files/read-file.ts'
import { type Reading, readingOf } from '../../../server/intake/files/reading.ts'
import type { ConnectionDoc } from '../../../server/store/connection-doc.ts'

export const NOW = new Date('2026-11-22T04:00:00Z')

export const bytes = (text: string) => new TextEncoder().encode(text)

/** How a connection without mapping reads; `over` is what a person said of the file. */
export const reading = (
  connection: Partial<Pick<ConnectionDoc, 'groupRowsBy' | 'identity' | 'mapping'>> = {},
  over: Partial<Reading> = {},
): Reading => ({ ...readingOf({ identity: { orderId: ['订单号'] }, ...connection }, NOW), ...over })

export const readText = (text: string, connection = {}, over: Partial<Reading> = {}, name = 'a.csv') =>
  readOrderFile(bytes(text), name, reading(connection, over))

export const documentsOf = async (...args: Parameters<typeof readText>) =>
  (await readText(...args)).documents.map(each => each.document)

/** A text in GB18030: two-byte codes as the decoder knows them, read the other way round. */
export function gbk(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap(sign => codes().get(sign) ?? [sign.charCodeAt(0)]))
}

let table: Map<string, [number, number]> | undefined

function codes(): Map<string, [number, number]> {
  if (table) return table
  table = new Map()
  const decoder = new TextDecoder('gb18030')
  for (let lead = 0x81; lead < 0xff; lead++)
    for (let trail = 0x40; trail < 0xff; trail++) {
      const sign = decoder.decode(Uint8Array.of(lead, trail))
      if ([...sign].length === 1) table.set(sign, [lead, trail])
    }
  return table
}
