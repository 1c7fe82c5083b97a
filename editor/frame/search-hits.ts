import type { OrderSummary, Page, StockRow, Task, WorkflowSummary } from '../api/contract.ts'
import { query, request } from '../api/request.ts'
import type { T } from '../i18n/i18n.ts'
import type { WordsInUse } from '../i18n/use-words.ts'
import { pages } from './pages.tsx'

/** Something found, and where it opens. */
export interface Hit {
  readonly group:
    | 'frame.groupHere'
    | 'frame.groupPages'
    | 'frame.groupWorkflows'
    | 'frame.groupOrders'
    | 'frame.groupStock'
    | 'frame.groupTasks'
  readonly text: string
  readonly detail?: string | ((words: WordsInUse) => string)
  /** An address, or what happens on this page. */
  readonly to: string | (() => void)
}

const OF_A_KIND = 6

/** Pages by their name; all of them while nothing is typed. */
export function pageHits(wanted: string, t: T): Hit[] {
  return pages
    .filter(({ word }) => includes(t(word), wanted))
    .map(({ word, path }) => ({ group: 'frame.groupPages', text: t(word), to: path }))
}

/** What the server knows of it. Fails only where every kind failed. */
export async function remoteHits(wanted: string, signal: AbortSignal): Promise<Hit[]> {
  const kinds = [workflowHits, orderHits, stockHits, taskHits]
  const answers = await Promise.allSettled(kinds.map(find => find(wanted, signal)))
  const failed = answers.filter(answer => answer.status === 'rejected')
  if (failed.length === kinds.length) throw failed[0]!.reason
  return answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
}

async function workflowHits(wanted: string, signal: AbortSignal): Promise<Hit[]> {
  const { items } = await request<Page<WorkflowSummary>>('/workflows', { signal })
  return items
    .filter(({ name }) => includes(name, wanted))
    .slice(0, OF_A_KIND)
    .map(({ id, name }) => ({
      group: 'frame.groupWorkflows',
      text: name,
      to: `/workflows/${encodeURIComponent(id)}`,
    }))
}

async function orderHits(wanted: string, signal: AbortSignal): Promise<Hit[]> {
  const address = query({ q: wanted, limit: OF_A_KIND })
  const { items } = await request<Page<OrderSummary>>(`/orders${address}`, { signal })
  return items.map(order => ({
    group: 'frame.groupOrders',
    text: order.orderId,
    detail: ({ say }) => say(order.sentence),
    to: `/orders?open=${encodeURIComponent(order.key)}`,
  }))
}

async function stockHits(wanted: string, signal: AbortSignal): Promise<Hit[]> {
  const address = query({ sku: wanted, limit: OF_A_KIND })
  const { items } = await request<Page<StockRow>>(`/stock${address}`, { signal })
  const [first] = items
  if (!first) return []
  const available = items.reduce((sum, row) => sum + row.available, 0)
  return [
    {
      group: 'frame.groupStock',
      text: first.sku,
      detail: ({ t }) => t('frame.available', { count: available }),
      to: `/stock?sku=${encodeURIComponent(first.sku)}`,
    },
  ]
}

async function taskHits(wanted: string, signal: AbortSignal): Promise<Hit[]> {
  const { items } = await request<Page<Task>>('/tasks?status=open&limit=200', { signal })
  return items
    .filter(({ title, detail, orderId }) => includes(`${title} ${detail} ${orderId}`, wanted))
    .slice(0, OF_A_KIND)
    .map(({ title, detail }) => ({ group: 'frame.groupTasks', text: title, detail, to: '/tasks' }))
}

function includes(text: string, wanted: string): boolean {
  return text.toLowerCase().includes(wanted.toLowerCase())
}
