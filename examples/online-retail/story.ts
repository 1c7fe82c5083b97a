import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fillTemplate } from '../../rules-library/fill-template.ts'
import type { WorkflowTemplate } from '../../rules-library/template.ts'
import { projectJson } from '../stage/project-json.ts'
import { describe, type ServerClient } from '../stage/server-client.ts'
import { describeSet } from '../stage/sets.ts'
import { settled } from '../stage/settle.ts'
import { setUpConnection, setUpWorkflow } from '../stage/shop-api.ts'
import type { Story } from '../stage/story.ts'
import type { Telling } from '../stage/telling.ts'
import type { OrderView, QuarantineView } from '../stage/views.ts'
import { type InvoiceRow, readInvoices } from './invoices.ts'
import { type DayTotals, type Invoice, invoicesOf, totalsByDay } from './totals.ts'

const CONNECTION = 'online-retail'

interface InvoiceFile {
  readonly name: string
  readonly content: Uint8Array
  readonly rows: readonly InvoiceRow[]
}

interface FileReceipt {
  readonly rows: number
  readonly accepted: number
  readonly repeated: number
  readonly refused: readonly unknown[]
}

export const story: Story = {
  title: {
    zh: '真实发票：一家网店的表格变成订单和退货单',
    en: "Online retail: a real shop's invoice files become orders and returns",
  },
  async open({ words: [folder], orders = Number.POSITIVE_INFINITY }) {
    const files = folder === undefined ? [] : await readFiles(folder, orders)
    if (files.length === 0)
      return {
        zh: `${folder ? `“${folder}”里没有 CSV 文件。` : ''}请给出发票文件夹：npm run example online-retail -- <文件夹>。可用 UCI 数据集 352“Online Retail”（CC BY 4.0），存成一天一个 CSV。`,
        en: `${folder ? `There is no CSV file in "${folder}". ` : ''}Give a folder of invoices: npm run example online-retail -- <folder>. UCI data set 352 "Online Retail" (CC BY 4.0) will do, saved as one CSV a day.`,
      }
    return { env: {}, play: (server, telling) => play(server, telling, files), close: async () => {} }
  },
}

/** Files of a folder in the order of their names, until they hold so many invoices. */
async function readFiles(folder: string, invoices: number): Promise<InvoiceFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
    return []
  })
  const files: InvoiceFile[] = []
  let held = 0
  for (const name of names.filter(each => /\.csv$/i.test(each)).sort()) {
    if (held >= invoices) break
    const content = await readFile(join(folder, name))
    const rows = readInvoices(content.toString('utf8'))
    files.push({ name, content, rows })
    held += new Set(rows.map(row => row.invoice)).size
  }
  return files
}

async function play(server: ServerClient, telling: Telling, files: readonly InvoiceFile[]): Promise<void> {
  await setUp(server)
  const receipts: FileReceipt[] = []
  for (const file of files) receipts.push(await upload(server, file))
  await settled(server)
  const again = await upload(server, files[0]!)
  await settled(server)

  const invoices = invoicesOf(files.flatMap(file => file.rows))
  const expected = totalsByDay(invoices.values())
  const orders = (await server.all<OrderView>('/api/orders')).filter(each =>
    each.key.startsWith(`${CONNECTION}:`),
  )
  const found = totalsByDay(orders.map(asInvoice))
  tellDays(telling, found)

  const sum = (read: (receipt: FileReceipt) => number) =>
    receipts.reduce((total, each) => total + read(each), 0)
  telling.check(
    {
      zh: `${files.length} 个文件的 ${sum(each => each.rows)} 行都读到了`,
      en: 'Every row of every file was read',
    },
    receipts.every((each, index) => each.rows === files[index]!.rows.length),
  )
  telling.check(
    { zh: `${invoices.size} 张发票各成一单`, en: 'Every invoice became one order' },
    sum(each => each.accepted + each.repeated) === invoices.size && sum(each => each.refused.length) === 0,
    JSON.stringify(
      receipts.map(({ accepted, repeated, refused }) => ({ accepted, repeated, refused: refused.length })),
    ),
  )
  const names = describeSet(
    orders.map(each => each.orderId),
    [...invoices.keys()],
  )
  telling.check(
    { zh: '没有少一单，也没有多一单', en: 'None is missing, none is too many' },
    names === '',
    names,
  )
  const kinds = describeSet(
    orders.filter(each => each.kind === 'return').map(each => each.orderId),
    [...invoices].filter(([, invoice]) => invoice.isReturn).map(([invoice]) => invoice),
  )
  telling.check(
    {
      zh: '作废发票和负数量都成了退货单，不算错误',
      en: 'Cancellations and negative quantities became returns, not errors',
    },
    kinds === '',
    kinds,
  )
  const wrong = differences(found, expected)
  telling.check(
    {
      zh: '每天的单数、件数、金额与直接从 CSV 算出的完全一致',
      en: 'Orders, units and amounts of every day equal those computed straight from the files',
    },
    wrong === '',
    wrong,
  )
  telling.check(
    { zh: `“${files[0]!.name}”再传一次，什么也没有变`, en: 'The first file uploaded again changed nothing' },
    again.accepted === 0 && again.repeated === receipts[0]!.accepted + receipts[0]!.repeated,
    JSON.stringify(again),
  )
  const quarantine = (await server.all<QuarantineView>('/api/quarantine')).filter(
    each => each.connection === CONNECTION,
  )
  telling.check(
    { zh: '隔离区是空的', en: 'Quarantine is empty' },
    quarantine.length === 0,
    JSON.stringify(quarantine[0]),
  )
}

async function setUp(server: ServerClient): Promise<void> {
  await setUpConnection(server, CONNECTION, {
    name: '网店发票',
    connector: 'intake',
    channel: 'csv',
    shop: '英国礼品网店',
    ...projectJson<Record<string, unknown>>('examples/online-retail/mapping.json'),
  })
  const template = projectJson<WorkflowTemplate>('rules-library/intake/sales-and-returns.json')
  await setUpWorkflow(server, {
    id: CONNECTION,
    name: '发票导入：销售与退货分流',
    graph: fillTemplate(template, { connections: [CONNECTION] }),
    note: '首次发布',
  })
}

async function upload(server: ServerClient, { name, content }: InvoiceFile): Promise<FileReceipt> {
  const answer = await server.upload(`/api/intake/${CONNECTION}/files`, name, content)
  if (answer.status !== 202) throw new Error(`${name}: ${describe(answer)}`)
  return answer.body as FileReceipt
}

const london = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' })

function asInvoice(order: OrderView): Invoice {
  return {
    day: london.format(new Date(order.orderedAt)),
    isReturn: order.kind === 'return',
    units: order.items.reduce((sum, item) => sum + item.quantity, 0),
    pence: order.paidFen,
  }
}

function tellDays(telling: Telling, days: ReadonlyMap<string, DayTotals>): void {
  const money = (pence: number) => `£${(pence / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`
  telling.table(
    ['日期 day', '订单 orders', '件数 units', '金额 amount', '退货 returns', '件数 units', '金额 amount'],
    [...days].map(([day, { orders, units, pence, returns, returnedUnits, returnedPence }]) => [
      day,
      String(orders),
      units.toLocaleString('en-GB'),
      money(pence),
      String(returns),
      returnedUnits.toLocaleString('en-GB'),
      money(returnedPence),
    ]),
  )
}

function differences(
  found: ReadonlyMap<string, DayTotals>,
  expected: ReadonlyMap<string, DayTotals>,
): string {
  const days = new Set([...found.keys(), ...expected.keys()])
  return [...days]
    .filter(day => JSON.stringify(found.get(day)) !== JSON.stringify(expected.get(day)))
    .map(day => `${day}: ${JSON.stringify(found.get(day))} instead of ${JSON.stringify(expected.get(day))}`)
    .join('; ')
}
