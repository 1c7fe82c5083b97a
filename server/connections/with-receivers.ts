import type { Connector, ConnectorContext } from '../../connectors/connector.ts'
import { ConnectorError } from '../../connectors/kit/fault.ts'
import { sideBySide } from '../../connectors/kit/side-by-side.ts'
import { buyerOf, identify } from '../intake/identify.ts'
import type { Store } from '../store/store.ts'

const AT_ONCE = 8
/** Faults that say nothing of the shop: the order is not readable (any more), or the quota of the day is used up. */
const NOT_NOW: ReadonlySet<string> = new Set(['business', 'permission', 'request', 'throttled'])

/**
 * Documents with readable receivers. What is known already is not asked for again, since every question counts
 * against the shop's quota; where the platform does not tell, the order comes in as it hides it.
 * @throws ConnectorError for faults that concern the whole shop
 */
export async function withReceivers(
  documents: readonly unknown[],
  { reveal, readable }: Connector,
  context: ConnectorContext,
  store: Store,
): Promise<readonly unknown[]> {
  if (!reveal || !readable) return documents
  const ids = documents.map(document => {
    const found = identify(context.connection, document)
    return 'identity' in found ? found.identity.event : ''
  })
  const known = new Set(
    (await store.events.find({ _id: { $in: ids } }, { _id: 1 }).lean()).map(({ _id }) => _id),
  )
  return sideBySide([...documents.entries()], AT_ONCE, async ([index, document]) => {
    if (ids[index] === '' || known.has(ids[index]!)) return document
    try {
      return inLane(readable(document, await reveal(document, context)), document, context)
    } catch (error) {
      if (error instanceof ConnectorError && NOT_NOW.has(error.fault.class)) return document
      throw error
    }
  })
}

/**
 * Versions of an order must stay in one lane, whether this one can be read or a later one cannot any more: what
 * tells the buyer in the document as the platform sent it goes on telling it.
 */
function inLane(readable: unknown, asSent: unknown, { connection }: ConnectorContext): unknown {
  const _lane = buyerOf(connection, asSent)
  return _lane === undefined ? readable : { ...(readable as object), _lane }
}
