import type { Document } from 'bson'
import { isDocument } from '../bson/document.ts'
import { locationError } from '../errors.ts'
import { evaluateVariables, type Variables } from './expression.ts'
import type { Stage, StageContext } from './stage.ts'
import { STAGES } from './stages.ts'

/** What a pipeline needs from the command around it. */
interface PipelineContext {
  /** Gives other collections to `$lookup`, `$unionWith` and `$graphLookup`. */
  lookup(collection: string): { find(filter: Document): Iterable<Uint8Array> }
  let?: Document
}

/** Runs the stages over the documents; throws MongoError for what MongoDB or this store refuses. */
export function runPipeline(
  pipeline: Document[],
  source: Iterable<Uint8Array>,
  context: PipelineContext,
): Uint8Array[] {
  return [...runStages(pipeline, source, context.lookup, evaluateVariables(context.let))]
}

function runStages(
  pipeline: readonly Document[],
  source: Iterable<Uint8Array>,
  lookup: PipelineContext['lookup'],
  variables: Variables,
): Iterable<Uint8Array> {
  const context: StageContext = {
    lookup,
    variables,
    run: (inner, documents, own) => runStages(inner, documents, lookup, own),
  }
  const stages = pipeline.map(stage => compileStage(stage, context))
  return stages.reduce((documents, stage) => stage(documents), source)
}

function compileStage(stage: unknown, context: StageContext): Stage {
  const names = isDocument(stage) ? Object.keys(stage) : []
  if (!isDocument(stage) || names.length !== 1)
    throw locationError(40323, 'A pipeline stage specification object must contain exactly one field.')
  const name = names[0]!
  if (name === '$changeStream')
    throw locationError(40573, 'The $changeStream stage is only supported on replica sets')
  const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined
  if (!compile) throw locationError(40324, `Unrecognized pipeline stage name: '${name}'`)
  return compile(stage[name], context)
}
