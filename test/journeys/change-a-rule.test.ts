import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { warehouseWorkflow } from '../support/warehouse-shop.ts'
import { expect, type Visit, visit } from './browser.ts'
import { aDocument, openShop } from './shop.ts'

let here: Visit
let page: Page

beforeAll(async () => {
  here = await visit()
  await openShop(here)
  await here.call('POST', '/workflows', { id: 'warehouse', name: '仓库规则', graph: warehouseWorkflow })
  await here.call('POST', '/workflows/warehouse/publish', { note: '首次发布' })
  await here.call('POST', '/intake/plain', [aDocument({ id: 'R1', quantity: 2 })])
  page = await here.open('/workflows/warehouse', { width: 1440, height: 900 })
})
afterAll(() => here?.close())
afterEach(({ task }) => here.keepSight(page, task))

const soon = { timeout: 30_000 }
const inspector = (where = page) => where.getByRole('complementary', { name: '节点设置' })
const card = (id: string, where = page) => where.locator(`.react-flow__node[data-id="${id}"]`)
const undo = () => page.getByRole('button', { name: '撤销', exact: true })

const draft = async () => (await here.call<{ draft: WorkflowGraph }>('GET', '/workflows/warehouse')).draft
const version = (n: number) =>
  here.call<{ graph: WorkflowGraph }>('GET', `/workflows/warehouse/versions/${n}`).then(({ graph }) => graph)
const dedupOf = (graph: WorkflowGraph) => graph.nodes.find(({ id }) => id === 'dedup')?.params.windowMinutes

/** Selects a card wherever it stands, by the search of the page. */
async function open(name: string, where = page) {
  await where.keyboard.press('Control+k')
  await where.getByRole('combobox', { name: /搜索订单/ }).fill(name)
  await where
    .getByRole('option', { name: new RegExp(`本图节点.*${name}`) })
    .first()
    .click(soon)
}

async function setWindow(minutes: string, where = page) {
  await open('去重', where)
  await inspector(where)
    .getByRole('textbox', { name: /前后多久|分钟|窗口/ })
    .first()
    .fill(minutes)
}

describe('a workflow that is at work', () => {
  it('is broken in the draft and says where, without touching what runs', async () => {
    await expect(card('stock')).toBeVisible(soon)
    await open('查库存')
    await page.locator('.react-flow__pane').hover()
    await inspector().getByRole('button', { name: '删除' }).click()
    await expect(page.getByText(/处要改/)).toBeVisible(soon)
    await expect(card('table')).toContainText(/查库存|库存/, soon)
    await page.getByRole('button', { name: '发布', exact: true }).click()
    const dialog = page.getByRole('dialog').last()
    await expect(dialog).toContainText(/改好才能发布/, soon)
    await expect(dialog.getByRole('button', { name: /^发布 v2/ })).toBeDisabled()
    await dialog.getByRole('button', { name: /去看/ }).first().click()
    await expect(inspector()).toContainText('要改的地方', soon)
    expect(dedupOf(await version(1))).toBe(3)
  })

  it('is whole again when everything is undone', async () => {
    while (await undo().isEnabled()) await undo().click()
    await expect(page.getByText(/处要改/)).toBeHidden(soon)
    await expect(page.getByText('已保存', { exact: true })).toBeVisible(soon)
    const ids = (graph: WorkflowGraph) => graph.nodes.map(({ id }) => id).sort()
    expect(ids(await draft())).toEqual(ids(warehouseWorkflow))
    expect((await draft()).edges).toEqual(warehouseWorkflow.edges)
  })

  it('is changed, tried on the past order, published, and taken back with one click', async () => {
    await setWindow('10')
    await expect.poll(async () => dedupOf(await draft()), soon).toBe(10)
    await page.getByRole('button', { name: '去试运行' }).click()
    const strip = page.getByRole('region', { name: '试运行', exact: true })
    await strip.getByText('最近 N 单').click()
    await strip.getByRole('button', { name: '开始试运行' }).click()
    await expect(strip).toContainText('都和线上一样', soon)
    await expect(page.getByText(/在 1 单真实订单上试过/).first()).toBeVisible(soon)
    await page.getByRole('button', { name: '发布', exact: true }).click()
    const dialog = page.getByRole('dialog').last()
    await expect(dialog).toContainText(/3 分钟.*10 分钟/s, soon)
    await dialog.getByRole('button', { name: '发布 v2' }).click()
    await expect(page.getByText('已发布 v2').first()).toBeVisible(soon)
    expect(dedupOf(await version(2))).toBe(10)
    await page.getByRole('button', { name: '撤回到 v1' }).click()
    await expect(page.getByText('已发布 v3').first()).toBeVisible(soon)
    expect(dedupOf(await version(3))).toBe(3)
  })

  it('is a draft as it was in an earlier version, at once and without a reload', async () => {
    await setWindow('5')
    await expect.poll(async () => dedupOf(await draft()), soon).toBe(5)
    await page.getByText('版本', { exact: true }).click()
    await page.getByRole('button', { name: /^v2/ }).click(soon)
    await page.getByRole('button', { name: '恢复为草稿' }).first().click(soon)
    await page.getByRole('dialog').getByRole('button', { name: '恢复为草稿' }).click(soon)
    await expect.poll(async () => dedupOf(await draft()), soon).toBe(10)
    await expect(page.getByRole('radio', { name: '草稿' })).toBeChecked(soon)
    await expect(card('dedup')).toContainText('10 分钟', soon)
  })

  it('gets a table from Excel', async () => {
    await open('规则表')
    await inspector().getByRole('button', { name: '打开大表' }).click(soon)
    await page.getByRole('button', { name: /从 Excel 粘贴/ }).click()
    const sheet = [
      '条件类型\t判断逻辑\t执行动作',
      '本仓够\t本仓可用 大于等于 需要\t本仓发货',
      '附近有\t邻近仓够货 且 邻近仓距离 < ２００ 公里\t近仓调拨',
      '很急\t急单\t向供应商采购',
      '其它\t\t登记缺货',
    ].join('\n')
    await page
      .getByRole('dialog')
      .filter({ hasText: '到下面的框里粘贴' })
      .last()
      .getByRole('textbox')
      .fill(sheet)
    await expect(page.getByText('认出 3 条规则')).toBeVisible(soon)
    await page.getByRole('button', { name: '替换整张表' }).click()
    await expect
      .poll(async () => JSON.stringify((await draft()).nodes.find(({ id }) => id === 'table')?.params), soon)
      .toMatch(/附近有.*"<".*200/)
    const { rows } = (await draft()).nodes.find(({ id }) => id === 'table')!.params as {
      rows: { name: string; when: unknown }[]
    }
    const before = warehouseWorkflow.nodes.find(({ id }) => id === 'table')!.params.rows as typeof rows
    expect(rows.map(({ when }) => when)).toEqual(before.map(({ when }) => when))
    await page.keyboard.press('Escape')
  })
})

describe('two people on one draft', () => {
  it('see each other, and lose nothing of each other', async () => {
    const other = await here.open('/workflows/warehouse', { width: 1440, height: 900 })
    await expect(card('dedup', other)).toBeVisible(soon)
    await expect(page.locator('.ant-avatar').first()).toBeVisible(soon)
    await setWindow('7', other)
    await open('今日发货')
    await inspector().getByRole('textbox', { name: '节点名称' }).fill('今天就发')
    await expect
      .poll(async () => {
        const graph = await draft()
        return [dedupOf(graph), graph.nodes.find(({ id }) => id === 'shipped')?.label]
      }, soon)
      .toEqual([7, '今天就发'])
    await expect(card('shipped', other)).toContainText('今天就发', soon)
  })

  it('keep what could not be saved over a reload', async () => {
    await page.route('**/draft', route => route.abort())
    await open('今天就发')
    await inspector().getByRole('textbox', { name: '节点名称' }).fill('断网时改的')
    await expect(page.getByText(/先存在这台电脑/)).toBeVisible(soon)
    await page.reload()
    await page.unroute('**/draft')
    await expect(card('shipped')).toContainText('断网时改的', soon)
    await expect
      .poll(async () => (await draft()).nodes.find(({ id }) => id === 'shipped')?.label, soon)
      .toBe('断网时改的')
  })
})
