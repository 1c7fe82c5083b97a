import type { Document } from 'bson'
import { runPipeline } from '../agg/pipeline.ts'
import { mongoError } from '../errors.ts'
import { replaceDocument } from './replacement.ts'

const STAGES = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'])

/** Compiles an update given as a pipeline of stages that each make one document of one. */
export function compilePipelineUpdate(
  pipeline: Document[],
  variables: Document | undefined,
): (raw: Uint8Array) => Uint8Array {
  for (const stage of pipeline) {
    const name = Object.keys(stage)[0]
    if (name === undefined || !STAGES.has(name))
      throw mongoError('InvalidOptions', `${name} is not allowed to be used within an update`)
  }
  const context = { lookup: refuseLookup, let: variables }
  return raw => replaceDocument(raw, runPipeline(pipeline, [raw], context)[0]!)
}

function refuseLookup(): never {
  throw mongoError('InvalidOptions', 'other collections are not allowed to be used within an update')
}
