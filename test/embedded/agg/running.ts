import type { Document } from 'bson'
import { runPipeline } from '../../../server/embedded/agg/pipeline.ts'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compileFilter } from '../../../server/embedded/query/filter.ts'

/** Runs a pipeline as a command brings it; other collections are given by name. */
export function run(
  pipeline: Document[],
  documents: Document[],
  others: Record<string, Document[]> = {},
  variables?: Document,
): Document[] {
  const command = decode(encode({ pipeline, let: variables ?? {} }))
  const raws = (list: Document[]) => list.map(document => encode(document))
  const lookup = (name: string) => ({
    find: (filter: Document) => {
      const { matches } = compileFilter(filter)
      return raws(others[name] ?? []).filter(matches)
    },
  })
  return runPipeline(command.pipeline, raws(documents), { lookup, let: command.let }).map(raw => decode(raw))
}

/** Documents as they come back from BSON, with exact types. */
export function stored(documents: Document[]): Document[] {
  return documents.map(document => decode(encode(document)))
}
