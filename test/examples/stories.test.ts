import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { tell } from './tell.ts'

const retail = fileURLToPath(new URL('../../../shared/data/online-retail', import.meta.url))
if (!existsSync(retail))
  console.warn('The invoices (../shared/data/online-retail) are absent: their test is skipped.')

describe('npm run example', () => {
  it('three-channels: one clean list out of three channels, every invariant holds', async () => {
    const { code, output } = await tell('three-channels', '--orders', '150')
    expect(output).toContain('✓ 故障一样不少都发生了')
    expect(output).toContain('✓ 清单恰好')
    expect([code, output.includes('✗')], output).toEqual([0, false])
  })

  it('three-warehouses: every order goes the way of the rule, every purchase arrives once', async () => {
    const { code, output } = await tell('three-warehouses', '--orders', '300')
    expect(output).toMatch(/✓ [1-9]\d* 个采购请求各到供应商恰好一次/)
    expect([code, output.includes('✗')], output).toEqual([0, false])
  })

  it.skipIf(!existsSync(retail))('online-retail: totals of every day equal those of the files', async () => {
    const { code, output } = await tell('online-retail', retail, '--orders', '200')
    expect(output).toContain('2010-12-02')
    expect([code, output.includes('✗')], output).toEqual([0, false])
  })

  it('online-retail: takes cancellations, negative quantities, empty customers, zero prices and repeated rows', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'orderloom-invoices-'))
    try {
      const head = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'
      const rows = [
        '1,A1,"FRAME 7"" WIDE, OAK",2,2010-12-01 08:00:00,2.55,17850.0,United Kingdom',
        '2,A1,FRAME,1,2010-12-01 08:01:00,2.55,,EIRE',
        '1,A1,"FRAME 7"" WIDE, OAK",2,2010-12-01 08:00:00,2.55,17850.0,United Kingdom',
        'C3,A1,FRAME,-1,2010-12-01 09:00:00,2.55,17850.0,United Kingdom',
        '4,B2,,-10,2010-12-02 09:00:00,0.0,,United Kingdom',
      ]
      await writeFile(join(folder, 'day.csv'), [head, ...rows, ''].join('\r\n'))
      const { code, output } = await tell('online-retail', folder)
      expect(output).toMatch(/2010-12-01\s+2\s+5\s+£12\.75\s+1\s+1\s+£2\.55/)
      expect(output).toMatch(/2010-12-02\s+0\s+0\s+£0\.00\s+1\s+10\s+£0\.00/)
      expect([code, output.includes('✗')], output).toEqual([0, false])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('online-retail without a folder says what it needs and starts nothing', async () => {
    const { code, output } = await tell('online-retail')
    expect(code).toBe(0)
    expect(output).toContain('请给出发票文件夹')
  })

  it('names its stories when asked for one it does not know', async () => {
    const { code, output } = await tell('no-such-story')
    expect(code).toBe(2)
    for (const name of ['three-channels', 'three-warehouses', 'online-retail']) expect(output).toContain(name)
  })

  it('ends with 1 and says why when nobody answers at --url', async () => {
    const { code, output } = await tell('three-channels', '--orders', '10', '--url', 'http://127.0.0.1:9')
    expect(code).toBe(1)
    expect(output).toContain('The story broke off: fetch failed')
  })
})
