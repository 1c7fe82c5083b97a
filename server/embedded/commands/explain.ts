import type { Document } from 'bson'
import { splitPushdown } from '../agg/pushdown.ts'
import { mongoError } from '../errors.ts'
import type { QuerySpec } from '../store/query.ts'
import { type Call, type Command, findCollection } from './command.ts'
import { deleteStatements } from './delete.ts'
import { executionStats, explainPlan } from './explain-reply.ts'
import { hintOf, querySpec } from './find.ts'
import { SERVER_VERSION } from './hello.ts'
import { updateStatements } from './update.ts'

export const explain: Command = {
  names: ['explain'],
  takes: ['verbosity'],
  async run(call) {
    const inner: Document = call.body[call.name]
    const name = Object.keys(inner)[0]!
    const innerCall = { ...call, name, body: inner, sequences: new Map() }
    const verbosity = call.body.verbosity ?? 'allPlansExecution'
    if (!VERBOSITIES.has(verbosity))
      throw mongoError(
        'BadValue',
        `Enumeration value '${verbosity}' for field 'explain.verbosity' is not a valid value.`,
      )
    const collection = findCollection(innerCall)
    const spec = specOf(innerCall)
    const stats = verbosity !== 'queryPlanner'
    return {
      explainVersion: '1',
      ...explainPlan(innerCall, collection, spec),
      ...(stats && { executionStats: await executionStats(innerCall, collection, spec) }),
      command: inner,
      serverInfo: { version: SERVER_VERSION.text },
    }
  },
}

const VERBOSITIES = new Set(['queryPlanner', 'executionStats', 'allPlansExecution'])

/** The query inside a command that is explained. A write is explained by the query that finds its documents. */
function specOf(call: Call): QuerySpec {
  const { name, body } = call
  switch (name) {
    case 'find':
      return querySpec(call)
    case 'distinct':
      return { filter: body.query ?? {}, hint: hintOf(body.hint), distinct: body.key }
    case 'count':
    case 'findAndModify':
      return { filter: body.query ?? {}, sort: body.sort, hint: hintOf(body.hint) }
    case 'update':
      return specOfStatement(updateStatements(call))
    case 'delete':
      return specOfStatement(deleteStatements(call))
    case 'aggregate': {
      const { filter = {}, sort, skip, limit } = splitPushdown(body.pipeline)
      return { filter, sort, skip, limit, hint: hintOf(body.hint) }
    }
    default:
      throw mongoError('CommandNotSupported', `explain does not support the command '${name}'`)
  }
}

function specOfStatement([statement, ...others]: Document[]): QuerySpec {
  if (!statement || others.length > 0)
    throw mongoError('InvalidLength', 'explained write batches must be of size 1')
  return { filter: statement.q, hint: hintOf(statement.hint) }
}
