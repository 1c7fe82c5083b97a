import { compileFilter } from '../query/filter.ts'
import { type Command, countOf, findCollection, wholeOf } from './command.ts'
import { countMatches } from './count-matches.ts'
import { hintOf } from './find.ts'
import { deadlineOf } from './reader.ts'

export const count: Command = {
  names: ['count'],
  takes: ['query', 'skip', 'limit', 'hint'],
  /** A projection of documents that nobody sees. */
  ignores: ['fields'],
  refuses: ['collation', 'rawData'],
  async run(call) {
    const { body, store } = call
    const filter = body.query ?? {}
    const skip = countOf(body.skip, 'skip', 0)
    const limit = Math.abs(wholeOf(body.limit, 'limit'))
    compileFilter(filter)
    const collection = findCollection(call)
    if (!collection) return { n: 0 }
    const spec = { filter, skip, limit, hint: hintOf(body.hint) }
    return { n: await countMatches(store, collection, spec, deadlineOf(body)) }
  },
}
