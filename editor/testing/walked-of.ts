import type { Language } from '../../server/workflow/text.ts'
import type { RunDetail, RunStep } from '../api/contract.ts'
import type { TestRun, TestStep } from '../api/test-contract.ts'
import type { Walked, WalkedNode } from '../canvas/walked.ts'
import { inLanguage } from '../parts/failure-text.ts'

/**
 * The way of a run, real or tested, for the canvas to light up. `upTo` shows only that many of its steps, as when
 * it is played one by one.
 */
export function walkedOf(run: RunDetail | TestRun, language: Language, upTo = run.steps.length): Walked {
  const nodes = new Map<string, WalkedNode>()
  const ports = new Set<string>()
  const shown: readonly (RunStep | TestStep)[] = run.steps.slice(0, upTo)
  for (const [index, step] of shown.entries()) {
    const earlier = nodes.get(step.node)
    nodes.set(step.node, {
      // A node that was waited at is visited again when the wait is over: its place stays the first one.
      place: earlier?.place ?? index + 1,
      state: run.status === 'waiting' && standsAt(step) ? 'waiting' : 'passed',
      sentence: step.sentence[language] || (earlier?.sentence ?? ''),
    })
    for (const port of step.ports) ports.add(`${step.node}/${port}`)
  }
  const { error } = run
  if (error && run.status === 'failed' && shown.length === run.steps.length)
    nodes.set(error.node, {
      place: nodes.get(error.node)?.place ?? shown.length + 1,
      state: 'failed',
      sentence: inLanguage(error.message, language),
    })
  return { simulated: 'event' in run, nodes, ports }
}

/** Whether a visit led nowhere and ended nothing: the run is still there. */
function standsAt(step: RunStep | TestStep): boolean {
  if (step.ports.length > 0) return false
  return 'kind' in step ? step.kind !== 'end' : step.type !== 'flow.end'
}

/** The data that arrived at a node in a test run, at its last visit; undefined where it did not come by. */
export function inputAt(run: TestRun, node: string): Readonly<Record<string, unknown>> | undefined {
  return run.steps.findLast(step => step.node === node)?.input
}
