import { useMemo } from 'react'
import { fieldsAt } from '../../server/workflow/fields-at.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { TestRun } from '../api/test-contract.ts'
import type { Place } from '../forms/place.ts'
import { inputAt } from '../testing/walked-of.ts'
import type { Manifests } from './edit.ts'

/** What the form of a node needs to know of its place: the fields in sight, and what the sample holds there. */
export function useFormPlace(
  graph: WorkflowGraph,
  manifests: Manifests,
  node: string | undefined,
  sample: TestRun | undefined,
): Place {
  // What is in sight follows from types and lines alone: typing into a form must not work it out anew.
  const types = graph.nodes.map(({ id, type }) => `${id} ${type}`).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the nodes count by what `types` says of them
  const scopes = useMemo(() => fieldsAt(graph, manifests), [types, graph.edges, manifests])
  return useMemo((): Place => {
    const scope = node === undefined ? undefined : scopes.get(node)
    const data = node !== undefined && sample ? inputAt(sample, node) : undefined
    const always = [...(scope?.always.values() ?? [])]
    const known = new Set(always.map(({ path }) => path))
    return {
      scope: always,
      sometimes: [...(scope?.sometimes.values() ?? [])].filter(({ path }) => !known.has(path)),
      sample: data && sample ? { name: sample.orderId, data } : undefined,
    }
  }, [scopes, node, sample])
}
