import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FieldMapping, Mapping } from '../../nodes/mapping/mapping.ts'
import type { MappingProblem } from '../../nodes/mapping/scope.ts'
import { type Tried, type TriedValues, trialOf } from '../../nodes/mapping/try-mapping.ts'
import type { RunEvent } from '../../nodes/node-type.ts'
import type { ConnectionDoc } from '../../store/connection-doc.ts'
import type { Store } from '../../store/store.ts'
import type { Order } from '../../workflow/order.ts'
import type { FieldProblem } from '../../world/world.ts'
import { type Identity, identify } from '../identify.ts'
import type { FileContent } from './document-file.ts'
import { problemInFile } from './problem-in-file.ts'

/** What would become of one document of a file. */
export interface Judged {
  readonly rows: readonly number[]
  /** `unmapped`: taken, but it stops at the mapping. */
  readonly status: 'new' | 'changed' | 'unmapped' | 'repeated' | 'refused'
  readonly order?: Order
  /** What could be read of it by field, where no order came of it. */
  readonly values?: Readonly<Record<string, unknown>>
  readonly problems: readonly FieldProblem[]
}

const BATCH = 500

/**
 * What the intake and the mapping would make of the documents of a file, in the order of their rows. Reads the
 * store and changes nothing.
 * @param fields the mapping, finished or not
 */
export async function judgeContent(
  content: FileContent,
  connection: ConnectionDoc,
  fields: readonly FieldMapping[],
  store: Store,
  receivedAt: Date,
): Promise<Judged[]> {
  const { mapping } = connection
  const trial = trialOf(fields, (mapping as Partial<Mapping> | undefined)?.negativeQuantity)
  const judged: Judged[] = content.broken.map(({ rows, problems, document }) => {
    return {
      rows,
      status: 'refused',
      values: readable(trial.run(document, eventOf(connection, undefined, receivedAt))),
      problems,
    }
  })
  const events = new Set<string>()
  const orders = new Set<string>()
  for (let at = 0; at < content.documents.length; at += BATCH) {
    const batch = content.documents
      .slice(at, at + BATCH)
      .map(each => ({ ...each, found: identify(connection, each.document) }))
    const identities = batch.flatMap(({ found }) => ('identity' in found ? found.identity : []))
    const [knownEvents, knownOrders] = await Promise.all([
      store.events.find({ _id: { $in: identities.map(({ event }) => event) } }, { _id: 1 }).lean(),
      store.orders.find({ _id: { $in: identities.map(({ order }) => order) } }, { _id: 1 }).lean(),
    ])
    for (const { _id } of knownEvents) events.add(_id)
    for (const { _id } of knownOrders) orders.add(_id)
    for (const { rows, document, found } of batch) {
      const identity = 'identity' in found ? found.identity : undefined
      const tried = trial.run(document, eventOf(connection, identity, receivedAt))
      const { mapped } = tried
      const seen = mapped?.order ? { order: mapped.order } : { values: readable(tried) }
      if ('problems' in found) {
        judged.push({ rows, status: 'refused', ...seen, problems: found.problems })
        continue
      }
      const { event, order } = found.identity
      const status = events.has(event)
        ? 'repeated'
        : !mapped?.order
          ? 'unmapped'
          : orders.has(order)
            ? 'changed'
            : 'new'
      // What stands further down in the file comes after it.
      events.add(event)
      orders.add(order)
      const problems = mapped?.problems ?? trial.problems.map(ofMapping)
      judged.push({
        rows,
        status,
        ...seen,
        problems:
          status === 'repeated' ? [] : problems.map(each => problemInFile(each, document, rows, fields)),
      })
    }
    // Thousands of rows must not keep the orders of other channels waiting.
    await nextTurn()
  }
  return judged.sort((a, b) => (a.rows[0] ?? 0) - (b.rows[0] ?? 0))
}

function eventOf(
  { _id, channel, shop }: ConnectionDoc,
  identity: Identity | undefined,
  receivedAt: Date,
): RunEvent {
  const { event = _id, order: orderKey = `${_id}:` } = identity ?? {}
  return { id: event, kind: 'order', connection: _id, channel, shop, receivedAt, orderKey }
}

/** What could be read of a document no order came of. */
function readable({ values, items }: Tried): Readonly<Record<string, unknown>> {
  return { ...valuesOf(values), ...(items ? { items: items.rows.map(valuesOf) } : {}) }
}

function valuesOf(tried: TriedValues): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(tried).flatMap(([to, { value }]) => (value === undefined ? [] : [[to, value] as const])),
  )
}

function ofMapping({ code, message }: MappingProblem): FieldProblem {
  return { field: '', code, message: message.zh, messageEn: message.en }
}
