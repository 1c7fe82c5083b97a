import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../../server/intake/files/text-encoding.ts'
import { bytes, documentsOf, gbk, readText } from './file-room.ts'

const TEXT = '订单号,收货人\r\n6920212345678901234,欧阳小明\r\n'
const little = (text: string) => Buffer.from(text, 'utf16le')
const big = (text: string) => Buffer.from(text, 'utf16le').swap16()

describe('the text of a file', () => {
  it.each([
    ['UTF-8', bytes(TEXT), 'utf-8'],
    ['UTF-8 with a mark', bytes(`\ufeff${TEXT}`), 'utf-8'],
    ['GBK', gbk(TEXT), 'gb18030'],
    ['UTF-16 little-endian with a mark', little(`\ufeff${TEXT}`), 'utf-16le'],
    ['UTF-16 little-endian without one', little(TEXT), 'utf-16le'],
    ['UTF-16 big-endian with a mark', big(`\ufeff${TEXT}`), 'utf-16be'],
    ['UTF-16 big-endian without one', big(TEXT), 'utf-16be'],
  ] as const)('is read from %s', (_, content, encoding) => {
    expect(decodeText(content)).toEqual({ text: TEXT, encoding })
  })

  it('is read from GB18030 beyond GBK: four-byte codes of rare names', () => {
    // U+20087 is 95 32 90 31 in GB18030.
    const content = Uint8Array.from([...gbk('收货人\n'), 0x95, 0x32, 0x90, 0x31, ...gbk('小明')])
    expect(decodeText(content)).toEqual({ text: '收货人\n\u{20087}小明', encoding: 'gb18030' })
  })

  it('stays UTF-8 where a sign was cut in two, and the row with it is refused', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `A${index},欧阳小明${index}`)
    const content = Buffer.from(bytes(`订单号,收货人\n${rows.join('\n')}\n`))
    content[content.indexOf('欧阳小明7') + 1] = 0x41
    expect(decodeText(content).encoding).toBe('utf-8')
    const { documents, broken } = await readText(decodeText(content).text)
    expect(documents).toHaveLength(39)
    expect(broken).toMatchObject([{ rows: [9], problems: [{ code: 'TEXT_DAMAGED', field: '收货人' }] }])
  })

  it('is read by the encoding a person chooses', () => {
    expect(decodeText(gbk('收货人'), 'utf-8').text).toContain('\ufffd')
    expect(decodeText(bytes('ab'), 'utf-16le').text).toBe('\u6261')
  })

  it('is refused where it is no text', () => {
    for (const content of [
      [0x80, 0xff, 0x00, 0xff],
      [0xff, 0xff, 0xff],
      [0x31, 0x00, 0x00, 0x32, 0x0a],
    ])
      expect(() => decodeText(Uint8Array.from(content))).toThrow(/GBK/)
  })

  it('comes out the same whatever Chinese text goes in', () => {
    const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map(code => String.fromCharCode(code))
    fc.assert(
      fc.property(fc.array(han, { minLength: 8, maxLength: 40 }), signs => {
        const text = `订单号,收货人,备注\n1,${signs.join('')},`
        for (const content of [bytes(text), gbk(text), little(text), big(text)])
          expect(decodeText(content).text).toBe(text)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the separator of a CSV', () => {
  const row = { 订单号: 'A1', 收货人: '张三', 备注: '' }

  it.each([',', '\t', ';', '；', '，'])('is %j where its lines agree on it', async mark => {
    expect(await documentsOf(`${['订单号', '收货人', '备注'].join(mark)}\nA1${mark}张三${mark}`)).toEqual([
      row,
    ])
  })

  it.each([
    ['a title above the header', '阳光团购，满100减5\n订单号\t收货人\t备注\nA1\t张三\t'],
    ['commas inside the cells', '订单号;收货人;备注\nA1;张三;\n'],
    ['a line that names it', 'sep=;\n订单号;收货人;备注\nA1;张三;'],
    ['quoted cells with other marks', '订单号,收货人,备注\n"A1","张三",""'],
  ])('is found with %s', async (_, text) => {
    expect(await documentsOf(text)).toEqual([row])
  })

  it('leaves marks inside cells alone', async () => {
    expect(await documentsOf('订单号;金额\nA1;"2,50"\nA2;"3;50"')).toEqual([
      { 订单号: 'A1', 金额: '2,50' },
      { 订单号: 'A2', 金额: '3;50' },
    ])
  })
})
