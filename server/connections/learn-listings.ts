import type { Connector } from '../../connectors/connector.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'

const MOST_REMEMBERED = 50_000
/** What this process wrote already, so that a thousand orders of one product are one write. */
const written = new Set<string>()

/** Keeps what the platform calls the goods of these orders, for the day stock is written back. */
export async function learnListings(
  store: Store,
  { _id: connection, workspace }: ConnectionDoc,
  connector: Connector,
  documents: readonly unknown[],
): Promise<void> {
  if (!connector.listings) return
  const fresh = new Map(
    documents
      .flatMap(document => connector.listings!(document))
      .filter(({ sku, productId }) => sku !== '' && productId !== '')
      .map(listing => [`${connection}/${listing.productId}/${listing.skuId ?? ''}`, listing] as const)
      .filter(([id, { sku }]) => !written.has(`${store.connection.name}/${id}/${sku}`)),
  )
  if (fresh.size === 0) return
  await store.listings.bulkWrite(
    Array.from(fresh, ([_id, { sku, productId, skuId = '' }]) => ({
      updateOne: {
        filter: { _id },
        update: { $set: { workspace, connection, sku, productId, skuId, seenAt: new Date() } },
        upsert: true,
      },
    })),
    { ordered: false },
  )
  if (written.size > MOST_REMEMBERED) written.clear()
  for (const [id, { sku }] of fresh) written.add(`${store.connection.name}/${id}/${sku}`)
}
