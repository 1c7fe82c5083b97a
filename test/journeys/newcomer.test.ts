import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { expect, type Visit, visit } from './browser.ts'

let here: Visit
let page: Page

beforeAll(async () => {
  here = await visit()
  page = await here.open('/')
})
afterAll(() => here?.close())

/** What the page shows is drawn from the server; slow machines get their time. */
const soon = { timeout: 60_000 }

describe('a newcomer', () => {
  it('sees an empty shop that says what to do, in Chinese', async () => {
    await expect(page.getByRole('navigation')).toContainText('总览')
    await expect(page.getByRole('button', { name: '运行示例店铺' })).toBeVisible(soon)
  })

  it('presses one button and sees orders decided, each with its reason', async () => {
    await page.getByRole('button', { name: '运行示例店铺' }).first().click()
    await expect(page.getByText(/件|重复|发货|调拨/).first()).toBeVisible(soon)
    await expect(page.locator('li', { hasText: '→' }).first()).toBeVisible(soon)
  })

  it('opens an order and reads step by step why it went where it went', async () => {
    await page.getByRole('navigation').getByRole('link', { name: /订单/ }).click()
    await page.locator('tr.ant-table-row').filter({ hasText: '→' }).first().click()
    await expect(page.getByRole('dialog')).toContainText('字段映射', soon)
  })

  it('sees the workflow that decides, drawn, with ports in words', async () => {
    await page.goto(`${here.url}/workflows`)
    await page.locator('tr.ant-table-row').first().getByRole('link').first().click()
    await expect(page.locator('.react-flow__node').first()).toBeVisible(soon)
    await expect(page.locator('.react-flow')).toContainText('去重')
  })

  it('finds broken orders in the inbox, and with each what is wrong and a way to mend it', async () => {
    await page.goto(`${here.url}/tasks`)
    await expect(page.getByRole('tab', { name: /等人修 [1-9]/ })).toBeVisible(soon)
    await page.getByRole('tab', { name: /等人修/ }).click()
    await page
      .getByRole('tabpanel', { name: /等人修/ })
      .locator('li button')
      .first()
      .click()
    await expect(page.getByRole('dialog').getByRole('button', { name: '改好了，重新送' })).toBeVisible(soon)
  })

  it('switches to English, and finds it again after a reload', async () => {
    await page.goto(`${here.url}/settings`)
    await page.getByText('English', { exact: true }).first().click()
    await expect(page.getByRole('navigation')).toContainText('Overview', soon)
    await page.reload()
    await expect(page.getByRole('navigation')).toContainText('Overview', soon)
  })

  it('meets no fault in the console on the way', () => {
    expect(here.faults).toEqual([])
  })
})
