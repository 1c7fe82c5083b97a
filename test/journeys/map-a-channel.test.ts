import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { expect, type Visit, visit } from './browser.ts'

let here: Visit
let page: Page

/** An order of a system nobody has seen before. */
const unseen = {
  单据编号: 'ERP-2026-0001',
  更新时间: '2026-10-01 10:05:00',
  下单时间: '2026年10月1日 10:00',
  收货人: '欧阳小明',
  联系电话: '138-0013-8000',
  收货地址: '浙江省杭州市余杭区文一西路969号',
  备注: '请尽快发货',
  应付: '398.00',
  明细: [{ 货号: 'MILK-1', 品名: '有机奶粉 3 段', 件数: '2', 金额: '398.00' }],
}

beforeAll(async () => {
  here = await visit()
  await here.call('PUT', '/warehouses/hangzhou', {
    name: '杭州仓',
    city: '杭州市',
    point: { lng: 120.15, lat: 30.27 },
  })
  await here.call('PUT', '/connections/erp', {
    name: '老 ERP',
    channel: 'erp',
    shop: 'erp',
    warehouse: 'hangzhou',
  })
  page = await here.open('/connections', { width: 1440, height: 900 })
})
afterAll(() => here?.close())
afterEach(({ task }) => here.keepSight(page, task))

const soon = { timeout: 30_000 }
const button = (name: string | RegExp) => page.getByRole('button', { name }).first()

describe('a channel nobody has seen before', () => {
  it('is mapped from one pasted order: take what is suggested, mend what is missing', async () => {
    await button(/打开连接 老 ERP/).click(soon)
    await button('编辑映射').click(soon)
    await button('粘贴样例').click(soon)
    await page.getByRole('textbox', { name: '粘贴的 JSON' }).fill(JSON.stringify(unseen))
    await button('使用这份数据').click()
    await expect(page.getByRole('region', { name: '来源数据' })).toContainText('收货人', soon)
    await button(/全部采用/).click(soon)
    const targets = page.getByRole('region', { name: '统一字段' })
    // What no suggestion was sure of: a person says that 应付 is what was paid.
    await expect(page.getByText('还缺：实付金额')).toBeVisible(soon)
    await targets.getByRole('button', { name: '选择来源：实付金额' }).click()
    await page.getByRole('combobox', { name: '选择来源：实付金额' }).fill('应付')
    await page.keyboard.press('Enter')
    await button('按映射填写').click()
    await expect(page.getByText('1 单样例都能成为统一订单')).toBeVisible(soon)
    await expect(targets).toContainText('MILK-1')
    await expect(targets).toContainText('¥398.00')
  })

  it('is saved with its connection, and its orders come out right', async () => {
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect
      .poll(
        async () => (await here.call<{ mapping?: object }>('GET', '/connections/erp')).mapping !== undefined,
        soon,
      )
      .toBe(true)
    const graph = {
      nodes: [
        { id: 'in', type: 'order.received', params: {} },
        { id: 'map', type: 'data.map', params: { use: 'connection' } },
        { id: 'end', type: 'flow.end', params: { outcome: '已收单', orderStatus: 'accepted' } },
      ],
      edges: [
        { from: 'in', port: 'received', to: 'map' },
        { from: 'map', port: 'ok', to: 'end' },
        { from: 'map', port: 'invalid', to: 'end' },
      ],
    }
    await here.call('POST', '/workflows', { id: 'take', name: '收单', graph })
    await here.call('POST', '/workflows/take/publish', {})
    await here.call('POST', '/intake/erp', [unseen])
    await page.goto(`${here.url}/orders`)
    const row = page.getByRole('row', { name: /ERP-2026-0001/ })
    await expect(row).toContainText('¥398.00', { timeout: 60_000 })
    await expect(row).toContainText('已收单')
    await expect(row).toContainText('欧**')
  })

  it('leaves no fault in the console', () => {
    expect(here.faults).toEqual([])
  })
})
