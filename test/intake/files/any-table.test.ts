import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOrderFile } from '../../../server/intake/files/read-file.ts'
import { bytes, gbk, reading } from './file-room.ts'
import { rawRow, rawWorkbook } from './raw-workbook.ts'

interface Order {
  readonly id: string
  readonly name: string
  readonly items: readonly { readonly goods: string; readonly count: number }[]
}

const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map(code => String.fromCharCode(code))
const word = fc.array(han, { minLength: 2, maxLength: 5 }).map(signs => `明${signs.join('')}`)
const anOrder = fc.record({
  name: word,
  items: fc.array(fc.record({ goods: word, count: fc.integer({ min: 1, max: 99 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
})
const orders = fc
  .array(anOrder, { minLength: 1, maxLength: 8 })
  .map(all => all.map((order, at): Order => ({ ...order, id: `69202123456789012${30 + at}` })))

const way = fc.record({
  titles: fc.subarray(['阳光小区团购', '请在今天之内核对']),
  isTwoLines: fc.boolean(),
  isJoined: fc.boolean(),
  hasTotal: fc.boolean(),
  gap: fc.nat(2),
})
type Way = typeof way extends fc.Arbitrary<infer W> ? W : never

/** A list as people lay it out; null is a cell that says nothing, joined to the one above where it goes on. */
function laidOut(all: readonly Order[], { titles, isTwoLines, isJoined, hasTotal, gap }: Way) {
  const rows: (string | null)[][] = titles.map(title => [title, null, null, null])
  if (isTwoLines) rows.push(['订单号', '收货人', '商品信息', null], [null, null, '商品名称', '数量'])
  else rows.push(['订单号', '收货人', '商品名称', '数量'])
  const merged: string[] = []
  for (const { id, name, items } of all) {
    const first = rows.length + 1
    for (const [at, { goods, count }] of items.entries()) {
      const isFirst = at === 0 || !isJoined
      rows.push([isFirst ? id : null, isFirst ? name : null, goods, String(count)])
    }
    if (isJoined && items.length > 1) merged.push(`A${first}:A${rows.length}`, `B${first}:B${rows.length}`)
    for (let empty = 0; empty < gap && id === all[0]!.id; empty++) rows.push([null, null, null, null])
  }
  if (hasTotal) rows.push(['合计', null, null, '99'])
  return { rows, merged }
}

const told = (content: Awaited<ReturnType<typeof readOrderFile>>) =>
  content.documents.map(({ document }) => {
    const { 订单号, 收货人, rows } = document as {
      订单号: string
      收货人: string
      rows: Record<string, unknown>[]
    }
    const items = rows.map(row => ({ goods: row.商品名称, count: Number(row.数量) }))
    return { id: 订单号, name: 收货人, items }
  })

const connection = reading({ groupRowsBy: '订单号' })

describe('any list of orders', () => {
  it('comes out of a CSV as it went in, whatever its encoding, separator, titles and layout', async () => {
    await fc.assert(
      fc.asyncProperty(
        orders,
        way,
        fc.constantFrom(',', ';', '\t', '；'),
        fc.constantFrom('utf-8', 'gbk', 'utf-16'),
        async (all, how, mark, encoding) => {
          const text = laidOut(all, how)
            .rows.map(row => row.map(cell => cell ?? '').join(mark))
            .join('\r\n')
          const content =
            encoding === 'gbk'
              ? gbk(text)
              : encoding === 'utf-16'
                ? Buffer.from(text, 'utf16le')
                : bytes(text)
          expect(told(await readOrderFile(content, 'a.csv', connection))).toEqual(all)
        },
      ),
      { numRuns: 120 },
    )
  })

  it('comes out of a workbook as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(orders, way, async (all, how) => {
        const { rows, merged } = laidOut(all, how)
        const file = rawWorkbook({
          name: 'a',
          rows: rows.map((cells, at) => rawRow(at + 1, cells)).join(''),
          merged,
        })
        expect(told(await readOrderFile(file, 'a.xlsx', connection))).toEqual(all)
      }),
      { numRuns: 60 },
    )
  })
})
