import type { Connector } from '../../connectors/connector.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { ParcelDoc } from '../store/parcel-doc.ts'

/** A connection that can say where parcels are. */
export interface Tracker {
  readonly connection: ConnectionDoc
  readonly connector: Connector
}

/** The connections that are switched on and can be asked, those that speak for fewer carriers first. */
export function trackersOf(
  connections: readonly ConnectionDoc[],
  connectorOf: (connection: ConnectionDoc) => Connector | undefined,
): readonly Tracker[] {
  const breadth = ({ connector }: Tracker) => connector.tracking?.carriers?.length ?? Number.POSITIVE_INFINITY
  return connections
    .filter(connection => connection.enabled)
    .flatMap(connection => {
      const connector = connectorOf(connection)
      return connector?.track ? [{ connection, connector }] : []
    })
    .sort((one, other) => breadth(one) - breadth(other))
}

/**
 * Who is asked about a parcel: the carrier itself rather than one that speaks for many. Where several accounts
 * could know of it, they are asked in turn until one does.
 */
export function trackerFor(
  trackers: readonly Tracker[],
  { carrier, connection, nodes }: Pick<ParcelDoc, 'carrier' | 'connection' | 'nodes'>,
): Tracker | undefined {
  const able = trackers.filter(({ connector }) => connector.tracking?.carriers?.includes(carrier) ?? true)
  const accounts = able.filter(each => each.connector.id === able[0]?.connector.id)
  const last = accounts.findIndex(each => each.connection._id === connection)
  const isKnown = last >= 0 && nodes.length > 0
  return accounts[isKnown ? last : (last + 1) % accounts.length]
}

/** The carriers somebody can be asked about; undefined where that is every one. */
export function carriersOf(trackers: readonly Tracker[]): readonly string[] | undefined {
  const lists = trackers.map(({ connector }) => connector.tracking?.carriers)
  return lists.every(list => list !== undefined) ? lists.flat() : undefined
}
