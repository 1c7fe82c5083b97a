import type { Receiver } from '../connector.ts'
import { type Fields, isFields, textAt } from '../kit/said.ts'

/** The trade with a readable receiver where the platform has the masked one; what was not told stays masked. */
export function readable(document: unknown, { name, phone, detail }: Receiver): Fields {
  const trade: Fields = isFields(document) ? document : {}
  // The town stands in a field of its own, unmasked, and the mapping puts it in front.
  const town = textAt(trade, 'receiver_town') ?? ''
  const address = detail.startsWith(town) ? detail.slice(town.length) : detail
  return {
    ...trade,
    ...(name && { receiver_name: name }),
    ...(phone && { receiver_mobile: phone }),
    ...(address && { receiver_address: address }),
  }
}
