import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { expect, type Visit, visit } from './browser.ts'

let here: Visit
let page: Page

const LIST = [
  '11月22日阳光小区团购接龙,,,,,,,',
  '订单号,收件信息,,,商品名称,数量,实付金额,下单时间',
  ',姓名,电话,地址,,,,',
  '6920212345678901001,欧阳小明,１３８００１３８００１,浙江省杭州市余杭区文一西路901号,三元鲜牛奶 950ml,2,58.90,11月22日 10:30',
  ',,,,全麦吐司面包,1,,',
  '6.9202E+17,李建国,13800138003,浙江省杭州市余杭区文一西路903号,苹果,1,29.90,11月22日 10:31',
  '合计,,,,,4,,',
].join('\n')

beforeAll(async () => {
  here = await visit()
  await here.call('PUT', '/connections/group', { name: '阳光小区团购', channel: 'wechat', shop: '阳光小区' })
  page = await here.open('/connections', { width: 1440, height: 900 })
})
afterAll(() => here?.close())
afterEach(({ task }) => here.keepSight(page, task))

const button = (name: string | RegExp) => page.getByRole('button', { name }).first()

describe('a list from a chat group', () => {
  it('is looked at before it is taken: how it was read, and what is wrong with which row', async () => {
    await button(/打开连接 阳光小区团购/).click()
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '接龙.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) })
    const readAs = page.getByRole('region', { name: '怎样读的' })
    await expect(readAs).toContainText('第 2–3 行是表头')
    await expect(readAs).toContainText('第 7 行是合计')
    await expect(page.getByRole('row', { name: /6920212345678901001/ })).toContainText('13800138001')
    await expect(page.getByText(/第 6 行「订单号」是 6.9202E\+17/)).toBeVisible()
    await expect(button('先采用映射，再受理')).toBeDisabled()
  })

  it('is taken once the suggested mapping is adopted', async () => {
    await button('用这个映射').click()
    await button('受理 1 单').click()
    await expect(page.getByText('已受理 1 单，重复 0 单，读不懂 1 行').first()).toBeVisible()
    const { items } = await here.call<{ items: { document: { rows: object[] } }[] }>(
      'GET',
      '/mappings/samples?connection=group',
    )
    expect(items.map(({ document }) => document.rows.length).sort()).toEqual([1, 2])
  })

  it('leaves no fault in the console', () => {
    expect(here.faults).toEqual([])
  })
})
