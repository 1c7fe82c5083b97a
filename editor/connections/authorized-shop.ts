import type { ConnectionAuthorization } from '../api/connection-contract.ts'

/** What platforms call the name of the shop that let us in. */
const NAMES = ['shopName', 'nick', 'owner'] as const

/** The shop that let us in, as its platform calls it; undefined where it told no name. */
export function authorizedShop(authorized: ConnectionAuthorization | undefined): string | undefined {
  return NAMES.map(name => authorized?.facts?.[name]).find(Boolean)
}
