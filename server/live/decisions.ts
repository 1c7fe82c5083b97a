import type { BatchReport } from '../engine/batch-report.ts'
import { sentenceOfRun } from '../engine/explain-run.ts'
import type { Plans } from '../engine/plan.ts'
import { maskName } from '../mask.ts'
import type { OrderDoc } from '../store/order-doc.ts'
import { orderIdOf } from '../store/order-key.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Text } from '../workflow/text.ts'

const SAMPLE = 20

export interface Decision {
  readonly run: string
  readonly orderKey: string
  readonly orderId: string
  readonly channel: string
  readonly customer: string
  readonly outcome: string
  readonly status: RunDoc['status']
  readonly sentence: Text
  readonly at: string
}

interface Decided {
  readonly run: RunDoc
  readonly order: OrderDoc | undefined
}

/** The newest runs between two messages; when it is busy most are never looked at. */
export interface DecisionSample {
  keep(report: BatchReport): void
  /** What another process sampled, newest first. */
  add(decisions: readonly Decision[]): void
  /** What was kept since the last call, newest first, told in sentences. */
  take(): Promise<Decision[]>
}

export function makeDecisionSample(plans: Plans): DecisionSample {
  let kept: (Decided | Decision)[] = []
  const keepNewest = (newest: readonly (Decided | Decision)[]) => {
    kept = [...kept, ...newest].slice(-SAMPLE)
  }
  return {
    keep: report =>
      keepNewest(report.runs.slice(-SAMPLE).map(run => ({ run, order: report.orders.get(run.order) }))),
    add: decisions => keepNewest(decisions.toReversed()),
    async take() {
      const taken = kept.reverse()
      kept = []
      return Promise.all(taken.map(each => ('sentence' in each ? each : decisionOf(each, plans))))
    },
  }
}

async function decisionOf({ run, order }: Decided, plans: Plans): Promise<Decision> {
  const plan = await plans.get(`${run.workflow}@${run.version}`)
  return {
    run: run._id,
    orderKey: run.order,
    orderId: order?.order.orderId ?? orderIdOf(run.order),
    channel: order?.order.channel ?? '',
    customer: order ? maskName(order.order.order_customer_name) : '',
    outcome: run.outcome ?? '',
    status: run.status,
    sentence: sentenceOfRun(run, plan),
    at: run.finishedAt.toISOString(),
  }
}
