import { anEvent } from '../../server/nodes/example-order.ts'
import type { Item, NodeType, Outcome, RunData, SimulatedState } from '../../server/nodes/node-type.ts'
import { simulatedWorld } from '../../server/world/simulated.ts'
import type { World } from '../../server/world/world.ts'

/** Runs a batch through a node as the engine does: params prepared once, one key per visit. */
export async function runBatch(
  type: NodeType,
  params: unknown,
  batch: readonly Partial<RunData>[],
  world: World,
): Promise<readonly Outcome[]> {
  const prepared = type.prepare?.(params)
  const items = batch.map(
    (data, index): Item => ({ key: `run-${index}/node/0`, data: { event: anEvent(), source: {}, ...data } }),
  )
  return type.run(items, { params, prepared, world })
}

/** Runs one item through a node in a simulated world. */
export async function runOne(
  type: NodeType,
  params: unknown,
  data: Partial<RunData> = {},
  state: SimulatedState = {},
): Promise<Outcome> {
  const [outcome] = await runBatch(type, params, [data], simulatedWorld(state))
  return outcome!
}

/** The sentence a step reads as. */
export function told(type: NodeType, params: unknown, outcome: Outcome) {
  return type.explain({ ports: outcome.ports, note: outcome.note ?? {} }, params)
}
