import { Type } from 'typebox'
import { knownFields } from '../nodes/fields.ts'
import { nodeTypesByType } from '../nodes/index.ts'
import type { VersionDoc } from '../store/version-doc.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import { checkWorkflow } from '../workflow/check.ts'
import { portsOf } from '../workflow/ports.ts'
import type { Problem } from '../workflow/problem.ts'
import { nodeSentence } from '../workflow/sentence.ts'
import type { Text } from '../workflow/text.ts'
import type { WorkflowGraph, WorkflowNode } from '../workflow/workflow.ts'
import { Instant, TextShape } from './shapes.ts'

export const PublishedShape = Type.Object({
  version: Type.Number(),
  at: Instant,
  note: Type.String(),
  by: Type.String(),
})

export const publishedOf = (version: Omit<VersionDoc, 'graph'>) => ({
  version: version.version,
  at: version.publishedAt.toISOString(),
  note: version.note ?? '',
  by: version.by ?? '',
})

export const WorkflowShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  paused: Type.Boolean(),
  archived: Type.Boolean(),
  draft: Type.Unknown(),
  draftRev: Type.Number(),
  draftUpdatedAt: Instant,
  updatedBy: Type.Optional(Type.String()),
  published: Type.Optional(PublishedShape),
})

export function viewWorkflow(doc: WorkflowDoc, version: VersionDoc | null) {
  return {
    id: doc._id,
    name: doc.name,
    paused: doc.paused,
    archived: doc.archived === true,
    draft: doc.draft,
    draftRev: doc.draftRev,
    draftUpdatedAt: doc.draftUpdatedAt.toISOString(),
    ...(doc.updatedBy ? { updatedBy: doc.updatedBy } : {}),
    ...(version ? { published: publishedOf(version) } : {}),
  }
}

export const VersionShape = Type.Object({
  version: Type.Number(),
  graph: Type.Unknown(),
  at: Instant,
  note: Type.String(),
  by: Type.String(),
  sentences: Type.Record(Type.String(), TextShape),
  ports: Type.Record(Type.String(), Type.Record(Type.String(), TextShape)),
})

/** A version with what its cards and edges say. */
export function viewVersion(version: VersionDoc) {
  const told = version.graph.nodes.map(node => [node.id, wordsOf(node)] as const)
  return {
    ...publishedOf(version),
    graph: version.graph,
    sentences: Object.fromEntries(told.map(([id, words]) => [id, words.sentence])),
    ports: Object.fromEntries(told.map(([id, words]) => [id, words.ports])),
  }
}

export const problemsOf = (graph: WorkflowGraph): Problem[] => [...checkWorkflow(graph, nodeTypesByType)]

function wordsOf(node: WorkflowNode): { sentence: Text; ports: Record<string, Text> } {
  const type = nodeTypesByType.get(node.type)
  if (!type) return { sentence: { zh: node.type, en: node.type }, ports: {} }
  return {
    sentence: nodeSentence(node, type, knownFields),
    ports: { ...portsOf(type, node.params) },
  }
}
