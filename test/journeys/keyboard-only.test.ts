import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { expect, type Visit, visit } from './browser.ts'
import { aDocument, openShop } from './shop.ts'

let here: Visit
let page: Page

beforeAll(async () => {
  here = await visit()
  await openShop(here)
  page = await here.open('/workflows', { width: 1440, height: 900 })
  await page
    .getByRole('button', { name: /新建流程/ })
    .first()
    .waitFor()
})
afterAll(() => here?.close())
afterEach(({ task }) => here.keepSight(page, task))

const soon = { timeout: 30_000 }

/** What has the keyboard, as somebody who cannot see the page is told. */
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement
    // The page itself has the keyboard at first: it holds all words there are.
    if (!element?.matches('a, button, input, textarea, [tabindex="0"], [role]') || element.matches('main'))
      return ''
    return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
  })

/** Presses Tab until something of that name has the keyboard. */
async function tabTo(name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (name.test(await focused())) return
    await page.keyboard.press(key)
  }
  throw new Error(`The keyboard never came to ${name}; it is at "${await focused()}"`)
}

async function press(name: RegExp): Promise<void> {
  await tabTo(name)
  await page.keyboard.press('Enter')
}

/** Puts a node behind the selected one; `exit` counts from the first. */
async function add(type: string, exit = 0): Promise<void> {
  await page.keyboard.press('a')
  await expect(page.getByRole('combobox', { name: /找节点/ })).toBeFocused()
  for (let steps = 0; steps < exit; steps++) await page.keyboard.press('ArrowRight')
  await page.keyboard.insertText(type)
  await page.keyboard.press('Enter')
  await expect(page.locator('.react-flow__node:focus')).toContainText(type)
}

/** Goes to a card by Tab and selects it. */
async function select(card: RegExp): Promise<void> {
  await tabTo(card, 'Shift+Tab')
  await page.keyboard.press('Enter')
}

describe('with the keyboard alone', () => {
  it('an empty workflow gets its first nodes', async () => {
    await press(/新建流程/)
    await press(/空白流程/)
    await page.getByRole('button', { name: /放一个「收到订单」/ }).waitFor(soon)
    await press(/放一个「收到订单」/)
    await expect(page.locator('.react-flow__node')).toHaveCount(1)
    await add('字段映射')
    await add('查库存')
    await add('规则表')
  })

  it('the rule table is written', async () => {
    await page.keyboard.press('i')
    await press(/填写规则/)
    await expect(page.getByRole('table', { name: '规则表' })).toBeVisible(soon)
    const cells = [
      ['本仓库存', '本仓可用 >= 需要', '锁定并发货'],
      ['邻近仓库存', '邻近仓够货 且 邻近仓距离 < 200 km', '生成调拨单'],
      ['紧急订单', '急单', '触发采购'],
    ]
    for (const [at, row] of cells.entries()) {
      await tabTo(new RegExp(`第 ${at + 1} 条的条件类型`))
      for (const [column, text] of row.entries()) {
        await page.keyboard.insertText(text)
        if (column < 2) await page.keyboard.press('Tab')
        else if (at < 2) await page.keyboard.press('Enter')
      }
    }
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(page.locator('.react-flow__node', { hasText: '规则表' })).toContainText('3 条规则', soon)
  })

  it('every exit leads somewhere, a sample is tried, and it is published', async () => {
    await select(/^规则表/)
    await add('锁定库存')
    await select(/^规则表/)
    await add('建调拨单')
    await page.keyboard.press('Escape')
    await press(/个空出口接到「结束」/)
    await expect(page.getByRole('complementary', { name: '节点设置' })).toContainText('检查通过', soon)
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    const strip = page.getByRole('region', { name: '试运行', exact: true })
    await tabTo(/来自哪个连接/)
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await tabTo(/样例数据/)
    await page.keyboard.insertText(JSON.stringify(aDocument({ id: 'S1', quantity: 9 })))
    await press(/开始试运行/)
    await expect(strip).toContainText('生成调拨单', soon)
    await press(/^发布$/)
    await page.getByRole('button', { name: '发布 v1' }).waitFor(soon)
    await press(/^发布 v1$/)
    await expect(page.getByText('已发布 v1').first()).toBeVisible(soon)
  })

  it('an order goes the way the table says', async () => {
    await here.call('POST', '/intake/plain', [aDocument({ id: 'K1', quantity: 1 })])
    await expect
      .poll(
        async () => {
          const { items } = await here.call<{ items: { sentence: { zh: string } }[] }>('GET', '/runs')
          return items[0]?.sentence.zh
        },
        { timeout: 60_000 },
      )
      .toMatch(/本仓库存：杭州仓可用 2 件 ≥ 需要 1 件 → 锁定并发货/)
  })
})
