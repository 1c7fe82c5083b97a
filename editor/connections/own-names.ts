import type { Language } from '../../server/workflow/text.ts'
import type { Connection } from '../api/connection-contract.ts'
import { channelWord } from '../parts/code-words.ts'

// Where nobody named a channel or a shop, the id of the connection stands in their place: nothing people would know.

/** The channel of a connection as people say it; empty where nobody named one. */
export function channelName({ id, channel = '' }: Connection, language: Language): string {
  return channel === id ? '' : channelWord(channel, language)
}

/** The shop of a connection; empty where nobody named one. */
export function shopName({ id, shop = '' }: Connection): string {
  return shop === id ? '' : shop
}
