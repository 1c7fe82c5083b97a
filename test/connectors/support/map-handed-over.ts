import type { Mapping } from '../../../server/nodes/mapping/mapping.ts'
import type { Order } from '../../../server/workflow/order.ts'
import { mapText } from '../../examples/platform-mapping.ts'
import type { ConnectorRoom } from './connector-room.ts'

/** The unified order of a document as it was handed over, by the connector's own mapping. */
export function mapHandedOver({ connector }: Pick<ConnectorRoom, 'connector'>, document: unknown): Order {
  const mapped = mapText(connector.defaults!.mapping as Mapping, JSON.stringify(document), connector.id)
  if (!mapped.order) throw new Error(JSON.stringify(mapped.problems))
  return mapped.order
}
