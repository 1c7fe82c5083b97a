import type { Locator, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { expect, type Visit, visit } from './browser.ts'
import { aDocument, openShop } from './shop.ts'

let here: Visit
let page: Page

beforeAll(async () => {
  here = await visit()
  await openShop(here)
  page = await here.open('/workflows', { width: 1440, height: 900 })
})
afterAll(() => here?.close())
afterEach(({ task }) => here.keepSight(page, task))

const soon = { timeout: 12_000 }

/** A hand whose every click and every typed value is counted. */
function aHand() {
  let count = 0
  return {
    count: () => count,
    async click(what: Locator) {
      count++
      await what.click(soon)
    },
    async type(where: Locator, text: string) {
      count++
      await where.fill(text, soon)
    },
  }
}

const button = (name: string | RegExp) => page.getByRole('button', { name }).first()
const card = (name: string) => page.locator('.react-flow__node', { hasText: name }).first()
const palette = () => page.getByRole('complementary', { name: '节点库' })
const inspector = () => page.getByRole('complementary', { name: '节点设置' })
const behind = (node: string, port: string) => button(`在「${node}」的「${port}」后面加一个节点`)

/** Puts the next node behind an exit, by the + there and the menu it opens. */
async function put(node: string, port: string, type: string) {
  await behind(node, port).click(soon)
  const menu = page.getByRole('dialog', { name: `在「${node}」的「${port}」后面加一个节点` })
  await menu.getByRole('combobox').fill(type)
  await menu.getByRole('option', { name: type }).first().click()
}

/** Chooses something of a field in the settings of the selected node. */
async function pick(field: string, what: string | RegExp) {
  await inspector()
    .getByRole('button', { name: new RegExp(`^${field}`) })
    .click()
  await page.getByRole('option', { name: what }).first().click()
}

describe('somebody who cannot program', () => {
  it('begins an empty workflow and strings the first nodes together', async () => {
    await button('新建流程').click(soon)
    await page.getByRole('dialog').getByRole('button', { name: '空白流程' }).click(soon)
    await button(/放一个「收到订单」/).click(soon)
    for (const type of ['字段映射', '查库存', '规则表'])
      await palette().getByRole('button', { name: type, exact: true }).click(soon)
    await expect(page.locator('.react-flow__node')).toHaveCount(4, soon)
    await expect(page.locator('.react-flow__edge')).toHaveCount(3)
    await page.getByRole('textbox', { name: '流程名称' }).fill('三仓发货')
    await page.getByRole('textbox', { name: '流程名称' }).press('Enter')
  })

  it('writes the three-row warehouse table with at most 25 clicks and typed values', async () => {
    const hand = aHand()
    await hand.click(button('填写规则'))
    const table = page.getByRole('table', { name: '规则表' })
    const cell = (name: string) =>
      table.getByRole('textbox', { name, exact: true }).or(table.getByRole('combobox', { name, exact: true }))
    const option = (name: string | RegExp) => page.getByRole('option', { name }).first()

    await hand.type(cell('第 1 条的条件类型'), '本仓库存')
    await hand.click(table.getByRole('button', { name: '点选第 1 条的判断逻辑' }))
    await hand.click(table.getByRole('button', { name: /选一个字段开始/ }))
    await hand.click(option(/^本仓可用/))
    await hand.click(table.getByRole('button', { name: '需要', exact: true }))
    await hand.type(cell('第 1 条的执行动作'), '锁定并发货')

    await hand.click(page.getByRole('button', { name: /加一条$/ }))
    await hand.type(cell('第 2 条的条件类型'), '邻近仓库存')
    await hand.click(table.getByRole('button', { name: '点选第 2 条的判断逻辑' }))
    await hand.click(table.getByRole('button', { name: /选一个字段开始/ }))
    await hand.click(option(/^邻近仓够货/))
    await hand.click(table.getByRole('button', { name: /加一条条件/ }))
    await hand.click(option(/^邻近仓距离/))
    await hand.click(table.getByRole('button', { name: /^比较/ }).last())
    await hand.click(option(/^</))
    await hand.type(table.getByRole('textbox', { name: '值', exact: true }), '200')
    await hand.type(cell('第 2 条的执行动作'), '生成调拨单')

    await hand.click(page.getByRole('button', { name: /加一条$/ }))
    await hand.type(cell('第 3 条的条件类型'), '紧急订单')
    await hand.click(table.getByRole('button', { name: '点选第 3 条的判断逻辑' }))
    await hand.click(table.getByRole('button', { name: /选一个字段开始/ }))
    await hand.click(option(/^急单/))
    await hand.type(cell('第 3 条的执行动作'), '触发采购')

    expect(hand.count()).toBeLessThanOrEqual(25)
    await page.getByRole('button', { name: '关闭' }).last().click()
    await expect(card('规则表')).toContainText('3 条规则')
  })

  it('gives every exit somewhere to go, and sees the problems vanish', async () => {
    await put('规则表', '锁定并发货', '锁定库存')
    await put('规则表', '生成调拨单', '建调拨单')
    await put('规则表', '触发采购', '建采购单')
    await pick('供应商', /牛奶供应商/)
    await put('规则表', '其它', '建待办')
    await inspector().getByRole('textbox', { name: /类型/ }).fill('缺货')
    await inspector().getByRole('textbox', { name: /标题/ }).fill('缺货，请补')
    await put('锁定库存', '已锁定', '结束')
    await pick('结果', '发货')
    await page.locator('.react-flow__pane').click({ position: { x: 30, y: 30 } })
    await expect(inspector()).toContainText('要改的地方')
    await inspector()
      .getByRole('button', { name: /个空出口接到「结束」/ })
      .click()
    await expect(inspector()).toContainText('检查通过', soon)
    await expect(page.getByText('已保存', { exact: true })).toBeVisible(soon)
  })

  it('tries the draft on a sample and reads what would happen', async () => {
    await button('试运行').click()
    const strip = page.getByRole('region', { name: '试运行', exact: true })
    await strip.getByRole('combobox', { name: '来自哪个连接' }).click()
    await page.getByText('测试店铺', { exact: true }).last().click()
    await strip
      .getByRole('textbox', { name: '样例数据（JSON）' })
      .fill(JSON.stringify(aDocument({ id: 'S1', quantity: 2 })))
    await strip.getByRole('button', { name: '开始试运行' }).click()
    await expect(strip).toContainText('锁定并发货', soon)
    await expect(page.locator('.react-flow__node [data-walked="passed"]').first()).toBeVisible()
    await expect(strip).toContainText('不会动真的库存')
    const { items } = await here.call<{ items: { held: number }[] }>('GET', '/stock?sku=MILK-1')
    expect(items.map(({ held }) => held)).toEqual([0, 0])
  })

  it('publishes it, with what was tested beside the button', async () => {
    await button('发布').click()
    const dialog = page.getByRole('dialog').last()
    await expect(dialog).toContainText('第一次发布', soon)
    await dialog.getByRole('button', { name: '发布 v1' }).click()
    await expect(page.getByText('已发布 v1').first()).toBeVisible(soon)
  })

  it('sees an order go through it, and why', async () => {
    await here.call('POST', '/intake/plain', [aDocument({ id: 'R1', quantity: 2 })])
    await page.getByText('运行记录', { exact: true }).click()
    const row = page.getByRole('row', { name: /R1/ })
    await expect(row).toContainText('锁定并发货', { timeout: 60_000 })
    await expect(row).toContainText('杭州仓可用 2 件 ≥ 需要 2 件')
  })

  it('meets no fault in the console on the way', () => {
    expect(here.faults).toEqual([])
  })
})
