import { conditions } from './check/conditions.ts'
import { contextOf, type Definitions, type Rule } from './check/context.ts'
import { cycles, edgeEnds, openPorts, repeatedEdges } from './check/edges.ts'
import { needs } from './check/needs.ts'
import { duplicateIds, triggers, unknownTypes, unreachable } from './check/nodes.ts'
import { checkShape } from './check/shape.ts'
import { checkSize } from './check/size.ts'
import type { Problem } from './problem.ts'

const params: Rule = ({ nodes }) => [...nodes.values()].flatMap(({ paramProblems }) => paramProblems)

/** What a workflow is checked for, in the order people should mend it. */
const rules: readonly Rule[] = [
  duplicateIds,
  unknownTypes,
  triggers,
  edgeEnds,
  repeatedEdges,
  cycles,
  unreachable,
  openPorts,
  params,
  needs,
  conditions,
]

/**
 * All problems of a workflow at once, each naming the node and the param it is about. Takes any JSON: what is
 * no workflow at all is a problem as well. A workflow without errors can be compiled.
 */
export function checkWorkflow(graph: unknown, definitions: Definitions): readonly Problem[] {
  const tooLarge = checkSize(graph)
  if (tooLarge.length > 0) return tooLarge
  const context = contextOf(graph, definitions)
  return [...checkShape(graph), ...rules.flatMap(rule => rule(context))]
}
