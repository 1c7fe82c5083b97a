import type { RunDoc, StepRecord } from '../store/run-doc.ts'
import type { NodeKind } from '../workflow/node-definition.ts'
import type { Text } from '../workflow/text.ts'
import type { Plan, PlanNode } from './plan.ts'

export interface ExplainedStep {
  readonly node: string
  readonly label: Text
  readonly type: string
  readonly kind: NodeKind | undefined
  readonly ports: readonly string[]
  /** The words on the edges it left by. */
  readonly portNames: readonly Text[]
  readonly sentence: Text
  readonly note: Readonly<Record<string, unknown>>
}

export interface ExplainedRun {
  /** Why the order went where it went, in one plain sentence. */
  readonly sentence: Text
  readonly steps: readonly ExplainedStep[]
}

/** Explains a run by the version it went through, each step in the words of its node type. */
export function explainRun(run: RunDoc, plan: Plan): ExplainedRun {
  return {
    steps: run.steps.map(step => explainStep(step, plan.byId.get(step.node))),
    sentence: sentenceOfRun(run, plan),
  }
}

/** The run's sentence alone: what lists and the live page show. */
export function sentenceOfRun(run: RunDoc, plan: Plan): Text {
  const told = run.steps.flatMap(step => {
    const node = plan.byId.get(step.node)
    return node && decides(node, step) ? [sentenceOfStep(step, node)] : []
  })
  if (run.status === 'failed') told.push(failure(run, plan))
  if (run.status === 'waiting') told.push(waiting(run, plan))
  if (told.length === 0)
    return { zh: run.outcome || '没有需要决定的事', en: run.outcome || 'Nothing had to be decided' }
  return { zh: joined(told.map(each => each.zh)), en: joined(told.map(each => each.en)) }
}

function explainStep(step: StepRecord, node: PlanNode | undefined): ExplainedStep {
  const label = node?.label
  return {
    node: step.node,
    label: label ? { zh: label, en: label } : (node?.type.name ?? { zh: step.node, en: step.node }),
    type: node?.type.type ?? '',
    kind: node?.type.kind,
    ports: step.ports,
    portNames: step.ports.map(port => node?.ports[port] ?? { zh: port, en: port }),
    sentence: sentenceOfStep(step, node),
    note: step.note ?? {},
  }
}

function sentenceOfStep(step: StepRecord, node: PlanNode | undefined): Text {
  if (!node) return { zh: step.node, en: step.node }
  return node.type.explain({ ports: step.ports, note: step.note ?? {} }, node.params)
}

/** Kinds whose steps are always told: something was done, or the run came out. */
const TOLD: ReadonlySet<NodeKind> = new Set(['people', 'outside', 'end'])
const DECIDING: ReadonlySet<NodeKind> = new Set(['decision', 'stock'])

/**
 * A step worth a clause. Not one that only looks facts up, which the decision after it tells with its values;
 * nor one that changed data, unless the data was wrong; nor one that left by the way on which it found nothing, while another way of it tells of a find.
 */
function decides({ type, ports }: PlanNode, step: StepRecord): boolean {
  if (TOLD.has(type.kind)) return true
  // That an order came in says nothing; why a run began that no order began does.
  if (type.wants === 'signal') return true
  if (type.kind === 'data') return step.ports.includes('invalid')
  const finds = Object.keys(type.adds)
  if (finds.length === 0) return DECIDING.has(type.kind)
  const looksUp = Object.keys(ports).length === 1
  const found = finds.includes('*') || step.ports.some(port => finds.includes(port))
  return DECIDING.has(type.kind) && !looksUp && found
}

function joined(clauses: readonly string[]): string {
  return clauses
    .map(each => each.replace(/[。.;;]\s*$/, ''))
    .filter((each, index, all) => each !== '' && each !== all[index - 1])
    .join(' → ')
}

const BLAME: Readonly<Record<string, Text>> = {
  workflow: {
    zh: '属流程或设置的问题,改好后重试',
    en: 'a matter of the workflow or its settings: mend it, then retry',
  },
  connector: {
    zh: '属外部系统的问题,等对方恢复后重试',
    en: 'a matter of an outside system: retry once it is back',
  },
  engine: {
    zh: '属系统内部的问题,请重试,再失败请联系管理员',
    en: 'our own fault: retry, and call the admin if it fails again',
  },
}

function failure(run: RunDoc, plan: Plan): Text {
  const { error } = run
  if (!error) return { zh: '失败', en: 'Failed' }
  const at = nameOf(error.node, plan)
  const advice = BLAME[error.blame] ?? BLAME.engine!
  // Messages of errors are written in both languages, Chinese first.
  const [zh = '', en = zh] = error.message.split(' / ')
  return {
    zh: `「${at.zh}」失败:${zh}(${advice.zh})`,
    en: `"${at.en}" failed: ${en} (${advice.en})`,
  }
}

function waiting(run: RunDoc, plan: Plan): Text {
  const nodes = [...new Set((run.tokens ?? []).map(token => token.node))].map(id => nameOf(id, plan))
  return {
    zh: `等待:${nodes.map(each => each.zh).join('、')}`,
    en: `waiting for: ${nodes.map(each => each.en).join(', ')}`,
  }
}

function nameOf(id: string, plan: Plan): Text {
  const node = plan.byId.get(id)
  const label = node?.label
  return label ? { zh: label, en: label } : (node?.type.name ?? { zh: id, en: id })
}
