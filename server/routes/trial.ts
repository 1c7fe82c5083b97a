import type { Static } from 'typebox'
import type { Plan } from '../engine/plan.ts'
import { errors } from '../errors.ts'
import { WORKSPACE } from '../services.ts'
import { eventOf, firstEventOf, signalEventOf } from '../simulate/choose-events.ts'
import { trialPlan } from '../simulate/trial-plan.ts'
import type { EventDoc } from '../store/event-doc.ts'
import type { Store } from '../store/store.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import type { Problem } from '../workflow/problem.ts'
import { withDetails } from './error-handler.ts'
import { findConnection } from './find-connection.ts'
import type { OnOne } from './test-shapes.ts'

/** The drawing ready to be tried. @throws errors.WorkflowInvalid with every error it has */
export function planToTry(workflow: Pick<WorkflowDoc, '_id' | 'workspace' | 'name'>, graph: unknown): Plan {
  const made = trialPlan(workflow, graph)
  if ('plan' in made) return made.plan
  throw workflowInvalid(made.wrong)
}

function workflowInvalid(wrong: readonly Problem[]) {
  const count = String(wrong.length)
  return withDetails(new errors.WorkflowInvalid(count, count), { problems: wrong })
}

/**
 * The event to try: a document as if it came in now, a signal as if it was raised now, or the one that brought a past
 * order.
 * @throws errors.BodyInvalid naming what the intake would refuse; errors.NotFound, errors.SourceGone
 */
export async function eventToTry(store: Store, on: Static<typeof OnOne>): Promise<EventDoc> {
  if (on.kind === 'order') return firstEventOf(store, on.order)
  if (on.kind === 'signal') return signalEventOf(WORKSPACE, on.signal, new Date())
  const made = eventOf(await findConnection(store, on.connection), on.document, new Date())
  if ('event' in made) return made.event
  const told = made.problems.map(each => each.message).join('; ')
  const toldEn = made.problems.map(each => each.messageEn).join('; ')
  throw withDetails(
    new errors.BodyInvalid(`这个订单进不来:${told} / The order would be refused: ${toldEn}`),
    { problems: made.problems },
  )
}
