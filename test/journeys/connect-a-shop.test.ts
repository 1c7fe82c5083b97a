import { expect as atOnce, type Browser, chromium, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type SimulatorServer, serveSimulators } from '../../connectors/simulators/serve.ts'
import { taobaoSimulator } from '../../connectors/taobao/simulator.ts'
import { openProduct, type ProductRoom } from '../support/product.ts'

const simulator = taobaoSimulator()
const expect = atOnce.configure({ timeout: 30_000 })
let platform: SimulatorServer
let product: ProductRoom
let browser: Browser
let page: Page
const faults: string[] = []

beforeAll(async () => {
  platform = await serveSimulators([simulator], 0)
  product = await openProduct({ OUTGOING_ALLOW: new URL(platform.url).host })
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.on('console', message => {
    // The page of the platform is none of ours.
    const { url } = message.location()
    if (message.type() === 'error' && url.startsWith(product.url)) faults.push(`${message.text()} ${url}`)
  })
  page.on('pageerror', error => faults.push(String(error)))
  await page.goto(`${product.url}/connections`)
})

afterAll(async () => {
  await browser?.close()
  await product?.close()
  await platform?.close()
})

const button = (name: string) => page.getByRole('button', { name, exact: true })
/** Within the steps alone: a panel that slides away beside them has buttons of the same name. */
const inSteps = (name: string) =>
  page.getByRole('dialog', { name: /添加：|接入：/ }).getByRole('button', { name, exact: true })
const field = (name: string) => page.getByLabel(name, { exact: true })

describe('a newcomer with an AppKey and a secret', () => {
  const { shop } = simulator
  if (!shop) throw new Error('The simulator of Taobao has a shop')
  const order = shop.place()

  it('finds their platform in the gallery, and what they need before they begin', async () => {
    await button('添加连接').click()
    await page.getByRole('searchbox', { name: /搜平台/ }).fill('tm')
    await page.getByRole('button', { name: /淘宝/ }).click()
    await expect(page.getByText('授权回调地址', { exact: true })).toBeVisible()
    await expect(page.getByText(`${product.url}/api/oauth/callback`)).toBeVisible()
    await button('都有了，去填写').click()
  })

  it('is told at the field what is missing', async () => {
    await field('AppKey').fill('12345678')
    await inSteps('保存，下一步').click()
    await expect(page.getByText('请填写「AppSecret」')).toBeVisible()
    await expect(field('AppSecret')).toBeFocused()
  })

  it('is told in words that the secret is wrong, after the platform led back, and mends it there', async () => {
    const { settings } = simulator.access(platform.url)
    await field('AppSecret').fill('not-the-secret')
    await page.getByText('高级设置').click()
    await field('接口地址').fill(String(settings.gateway))
    await field('授权地址').fill(String(settings.oauthHost))
    await inSteps('保存，下一步').click()
    await inSteps('去授权').click()
    await page.getByRole('link', { name: /同意授权/ }).click()
    const alert = page.getByRole('alert').filter({ hasText: '密钥不对' })
    await expect(alert).toBeVisible()
    await alert.getByRole('button', { name: '修改密钥' }).click()
    await expect(page.getByRole('alert').filter({ hasText: '密钥不对' })).toBeVisible()
    await field('AppSecret').fill(simulator.access(platform.url).credentials.appSecret ?? '')
    await inSteps('保存，下一步').click()
    await expect(inSteps('去授权')).toBeVisible()
  })

  it('may leave at any step, and goes on where they were', async () => {
    await page.goto(`${product.url}/connections`)
    await expect(page.getByRole('row', { name: /还没接好/ })).toBeVisible()
    await page.getByRole('button', { name: /打开连接 淘宝/ }).click()
    await button('继续接入').click()
  })

  it('lets us in, and sees that it works and which shop it is', async () => {
    await inSteps('去授权').click()
    await page.getByRole('link', { name: /同意授权/ }).click()
    await expect(page.getByText(`已授权：${shop.name}`)).toBeVisible()
    await expect(page.getByText(`已连上店铺「${shop.name}」`)).toBeVisible()
    await inSteps('下一步').click()
    await expect(field('店铺名称')).toHaveValue(shop.name)
  })

  it('switches it on and sees the first order arrive, one click from its page', async () => {
    await expect(page.getByRole('checkbox', { name: /收单/ })).toBeChecked()
    await button('启用，取第一批订单').click()
    await expect(page.getByText('第一单已到')).toBeVisible()
    await expect(page.getByRole('link', { name: `订单 ${order.id}` })).toBeVisible()
    await button('看第一单').click()
    await expect(page.getByRole('dialog').getByText(order.id).first()).toBeVisible()
  })

  it('never meets the secret again', async () => {
    await page.goto(`${product.url}/connections`)
    await page.getByRole('button', { name: `打开连接 ${shop.name}` }).click()
    await expect(page.getByText('12345678')).toBeVisible()
    await expect(page.getByText(/正常/).first()).toBeVisible()
    const { body } = await product.get('/api/connections')
    atOnce(JSON.stringify(body)).not.toContain(simulator.access(platform.url).credentials.appSecret)
  })

  it('meets no fault in the console on the way', () => {
    atOnce(faults).toEqual([])
  })
})
