import { type Static, Type } from 'typebox'
import type { Decision } from '../control/decision.ts'
import type { Receipt } from '../intake/receipt.ts'
import { FieldProblemShape, RunErrorShape, TextShape } from './shapes.ts'

const DecisionFields = {
  event: Type.String(),
  order: Type.String(),
  run: Type.String(),
  outcome: Type.String(),
  orderStatus: Type.Optional(Type.String()),
  reason: Type.String(),
  reasonEn: Type.String(),
  duplicateOf: Type.Optional(Type.String()),
  waitsFor: Type.Optional(Type.Array(TextShape)),
  error: Type.Optional(RunErrorShape),
}

/** One place of a list: what was decided, or what was wrong with the document. */
const EntryShape = Type.Partial(
  Type.Object({
    status: Type.String(),
    ...DecisionFields,
    problems: Type.Array(FieldProblemShape),
    quarantine: Type.String(),
  }),
)
type Entry = Static<typeof EntryShape>

/** The answer to `?wait=`: one order's decision in the open, those of a list in order. */
export const DecidedShape = Type.Object({
  status: Type.String(),
  ...Type.Partial(Type.Object(DecisionFields)).properties,
  decisions: Type.Optional(Type.Array(EntryShape)),
})

/**
 * What became of a request all of whose orders are decided.
 * @param events event id per document, empty for a refused one
 */
export function viewDecided(
  isSingle: boolean,
  events: readonly string[],
  refused: Receipt['refused'],
  decisions: ReadonlyMap<string, Decision>,
): Static<typeof DecidedShape> {
  if (isSingle) return viewDecision(decisions.get(events[0]!)!)
  return { status: 'decided', decisions: viewDecisions(events, refused, decisions) }
}

function viewDecision({ waitsFor, ...decision }: Decision): Entry & { status: string } {
  return { ...decision, ...(waitsFor && { waitsFor: [...waitsFor] }) }
}

function viewDecisions(
  events: readonly string[],
  refused: Receipt['refused'],
  decisions: ReadonlyMap<string, Decision>,
): Entry[] {
  const wrong = new Map(refused.map(each => [each.index, each]))
  return events.map((event, index) => {
    const decision = decisions.get(event)
    if (decision) return viewDecision(decision)
    const { problems = [], quarantine = '' } = wrong.get(index) ?? {}
    return { status: 'refused', problems: [...problems], quarantine }
  })
}
