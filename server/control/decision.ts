import { sentenceOfRun } from '../engine/explain-run.ts'
import type { Plan } from '../engine/plan.ts'
import type { OrderDoc } from '../store/order-doc.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Text } from '../workflow/text.ts'

/** What became of an event, as the caller that waits for it is told. */
export interface Decision {
  /** `decided`, or how far it came: `waiting` for a person or a time, `failed` and to be retried. */
  readonly status: 'decided' | 'waiting' | 'failed'
  readonly event: string
  /** `<connection>:<platform order id>` */
  readonly order: string
  readonly run: string
  readonly outcome: string
  /** Absent where another event of the order has decided its status since, or there is no order yet. */
  readonly orderStatus?: string
  /** Why it went where it went, in one plain sentence. */
  readonly reason: string
  readonly reasonEn: string
  /** Key of the kept order this one repeats. */
  readonly duplicateOf?: string
  /** Names of the nodes a waiting run stands at. */
  readonly waitsFor?: readonly Text[]
  readonly error?: NonNullable<RunDoc['error']>
}

const STATUS = { done: 'decided', waiting: 'waiting', failed: 'failed' } as const

/** Of the runs of one event, the one that speaks for it: the first that came to an outcome, else the first. */
export function speaker<R extends Pick<RunDoc, 'outcome'>>(known: R | undefined, next: R): R {
  return known === undefined || (known.outcome === '' && next.outcome !== '') ? next : known
}

/** @param plan the version the run went through; absent where it can no longer be compiled: then the outcome alone is told */
export function decisionOf(run: RunDoc, order: OrderDoc | undefined, plan: Plan | undefined): Decision {
  const outcome = run.outcome ?? ''
  const reason = plan ? sentenceOfRun(run, plan) : { zh: outcome || run.status, en: outcome || run.status }
  const own = order?.run === run._id ? order : undefined
  return {
    status: STATUS[run.status],
    event: run.event,
    order: run.order,
    run: run._id,
    outcome,
    ...(own && { orderStatus: own.status }),
    reason: reason.zh,
    reasonEn: reason.en,
    ...(own?.duplicateOf && { duplicateOf: own.duplicateOf }),
    ...(run.status === 'waiting' && { waitsFor: waitsFor(run, plan) }),
    ...(run.error && { error: run.error }),
  }
}

function waitsFor(run: RunDoc, plan: Plan | undefined): Text[] {
  const nodes = [...new Set((run.tokens ?? []).map(({ node }) => node))]
  return nodes.map(id => {
    const node = plan?.byId.get(id)
    const name = node?.label ?? id
    return node && !node.label ? node.type.name : { zh: name, en: name }
  })
}
