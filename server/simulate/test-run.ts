import { type ExplainedStep, explainRun, sentenceOfRun } from '../engine/explain-run.ts'
import type { Plan } from '../engine/plan.ts'
import { orderIdOf } from '../store/order-key.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { NodeKind } from '../workflow/node-definition.ts'
import type { Order } from '../workflow/order.ts'
import type { Text } from '../workflow/text.ts'
import { type DataChange, dataChanges, shownData } from './data-changes.ts'
import { effectWords, holdWords, type PlaceNames } from './effect-words.ts'
import type { TrialRun, TrialVisit } from './try-events.ts'

/** A trial run as people look at it. */
export interface TestRun {
  readonly event: string
  readonly orderKey: string
  readonly orderId: string
  readonly connection: string
  readonly status: RunDoc['status'] | 'unwanted'
  /** The outcome it came to; its status where it came to none. */
  readonly outcome: string
  readonly sentence: Text
  readonly steps: readonly TestStep[]
  readonly error?: NonNullable<RunDoc['error']>
  readonly before?: { readonly outcome: string; readonly sentence: Text }
}

export interface TestStep {
  readonly node: string
  readonly label: Text
  readonly kind: NodeKind | undefined
  readonly ports: readonly string[]
  readonly portNames: readonly Text[]
  readonly sentence: Text
  readonly input?: Readonly<Record<string, unknown>>
  readonly changes: readonly DataChange[]
  readonly effects: readonly Text[]
}

/** The run of the same event in the live world, with the version it went through. */
export interface LiveRun {
  readonly run: RunDoc
  readonly plan: Plan | undefined
}

/** How a run came out in one word: its outcome, its status where it has none. */
export function outcomeOf({ run, unwanted }: { readonly run: RunDoc; readonly unwanted?: boolean }): string {
  if (unwanted) return 'unwanted'
  return run.status === 'done' ? run.outcome || run.status : run.status
}

/**
 * How the live run came out, seen from where the trial stands: one that came by the same way to where the trial
 * waits is told as waiting there, also when a person or a timer let it go on meanwhile.
 */
export function liveOutcomeOf(trial: TrialRun, live: LiveRun): string {
  const waits = trial.run.status === 'waiting' && !trial.unwanted
  const isSameWay = trial.run.steps.every(({ node }, index) => live.run.steps[index]?.node === node)
  return waits && isSameWay ? trial.run.status : outcomeOf(live)
}

/**
 * @param isDetailed whether each step tells what came in and what it changed: of many runs nobody looks at that
 */
export function testRunOf(
  trial: TrialRun,
  plan: Plan,
  names: PlaceNames,
  { live, isDetailed }: { readonly live?: LiveRun; readonly isDetailed: boolean },
): TestRun {
  const { event, run, unwanted } = trial
  const { sentence, steps } = explainRun(run, plan)
  return {
    event: event._id,
    orderKey: event.order,
    orderId: orderIdOf(event.order),
    connection: event.connection,
    status: unwanted ? 'unwanted' : run.status,
    outcome: outcomeOf(trial),
    sentence: unwanted ? NOT_WANTED : sentence,
    steps: steps.map((step, index) =>
      testStepOf(step, trial.visits[index], names, isDetailed, trial.data.order),
    ),
    ...(run.error && { error: run.error }),
    ...(live && { before: { outcome: liveOutcomeOf(trial, live), sentence: sentenceOf(live) } }),
  }
}

const NOT_WANTED: Text = {
  zh: '流程的开头没有要这个订单',
  en: 'The trigger of the workflow does not take this order',
}

function sentenceOf({ run, plan }: LiveRun): Text {
  const bare = run.outcome || run.status
  return plan ? sentenceOfRun(run, plan) : { zh: bare, en: bare }
}

function testStepOf(
  { node, label, kind, ports, portNames, sentence }: ExplainedStep,
  visit: TrialVisit | undefined,
  names: PlaceNames,
  isDetailed: boolean,
  buyer: Order | undefined,
): TestStep {
  const held = visit?.held ? [holdWords(visit.held, names)] : []
  const effects = (visit?.outcome.effects ?? []).map(effect => effectWords(effect, names))
  return {
    node,
    label,
    kind,
    ports,
    portNames,
    sentence,
    ...(isDetailed && visit ? { input: shownData(visit.before, buyer) } : {}),
    changes: isDetailed && visit ? dataChanges(visit.before, visit.after, buyer) : [],
    effects: [...held, ...effects],
  }
}
