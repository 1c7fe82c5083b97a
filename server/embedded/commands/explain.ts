import type { Document } from 'bson'
import { splitPushdown } from '../agg/pushdown.ts'
import { mongoError } from '../errors.ts'
import type { QuerySpec } from '../store/query.ts'
import { type Call, type Command, findCollection } from './command.ts'
import { executionStats, explainPlan } from './explain-reply.ts'
import { hintOf, querySpec } from './find.ts'
import { SERVER_VERSION } from './hello.ts'

export const explain: Command = {
  names: ['explain'],
  takes: ['verbosity'],
  async run(call) {
    const inner: Document = call.body[call.name]
    const name = Object.keys(inner)[0]!
    const innerCall = { ...call, name, body: inner }
    const collection = findCollection(innerCall)
    const spec = specOf(innerCall)
    const stats = (call.body.verbosity ?? 'allPlansExecution') !== 'queryPlanner'
    return {
      explainVersion: '1',
      ...explainPlan(innerCall, collection, spec),
      ...(stats && { executionStats: await executionStats(innerCall, collection, spec) }),
      command: inner,
      serverInfo: { version: SERVER_VERSION.text },
    }
  },
}

/** The query inside a command that is explained. A write is explained by the query that finds its documents. */
function specOf(call: Call): QuerySpec {
  const { name, body } = call
  switch (name) {
    case 'find':
      return querySpec(call)
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return { filter: body.query ?? {}, sort: body.sort, hint: hintOf(body.hint) }
    case 'update':
      return { filter: body.updates[0].q, hint: hintOf(body.updates[0].hint) }
    case 'delete':
      return { filter: body.deletes[0].q, hint: hintOf(body.deletes[0].hint) }
    case 'aggregate': {
      const { filter = {}, sort, skip, limit } = splitPushdown(body.pipeline)
      return { filter, sort, skip, limit, hint: hintOf(body.hint) }
    }
    default:
      throw mongoError('CommandNotSupported', `explain does not support the command '${name}'`)
  }
}
