import type { EventDoc } from '../store/event-doc.ts'
import type { Plan } from './plan.ts'

/**
 * Whether an event may start a run of a plan: its trigger waits for events of this kind, and a signal is for the
 * workflow it was raised for alone.
 * @param source the event's body, parsed
 */
export function mayStart(
  plan: Plan,
  { kind, only }: Pick<EventDoc, 'kind' | 'only'>,
  source: unknown,
): boolean {
  if (only && !only.includes(plan.workflow)) return false
  if (kind !== wantedBy(plan)) return false
  return kind === 'order' || (source as { readonly workflow?: unknown } | null)?.workflow === plan.workflow
}

/** The kind of event the runs of a plan begin with. */
export const wantedBy = (plan: Plan): 'order' | 'signal' => plan.nodes[plan.trigger]?.type.wants ?? 'order'
