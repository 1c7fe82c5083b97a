import { authorise } from '../stage/authorise.ts'
import { describe, type ServerClient } from '../stage/server-client.ts'
import { setUpConnection } from '../stage/shop-api.ts'
import type { Telling } from '../stage/telling.ts'
import { type Channel, SHOPS } from './channels.ts'
import type { Platforms } from './platforms.ts'
import { setUpShop } from './shop.ts'

/** A little less than the platforms let pass. */
const CALLS_PER_SECOND = 45
/** One of them will do its work and not answer: the story need not wait for that as long as a shop would. */
const PATIENCE_MS = 2_500
/** A quarter of an hour: the shops have no older orders. */
const FIRST_DAYS = 0.01
/** Douyin gives an app of the shop's own its token by its keys alone. */
const NEEDS_OWNER: readonly Channel[] = ['taobao', 'pinduoduo']

/**
 * Sets the shop up with a connection of the real connector for each channel, authorised by its owner.
 * @throws when the server or a platform refuses; the message says what to do
 */
export async function connectShops(
  server: ServerClient,
  telling: Telling,
  { of, url }: Platforms,
): Promise<void> {
  await setUpShop(server, ({ channel }) => {
    const { settings, credentials } = of[channel].access(url)
    return {
      connector: channel,
      settings: {
        ...settings,
        receivers: 'readable',
        firstDays: FIRST_DAYS,
        callsPerSecond: CALLS_PER_SECOND,
        timeoutMs: PATIENCE_MS,
      },
      credentials,
      // Nothing is fetched before the owner agreed.
      enabled: false,
    }
  })
  for (const channel of NEEDS_OWNER) await authorise(server, SHOPS[channel].connection)
  for (const { connection } of Object.values(SHOPS)) {
    const { body } = await server.request('POST', `/api/connections/${connection}/test`)
    const { ok, found, fault } = body as { ok: boolean; found?: Said; fault?: Said }
    if (!ok || !found) throw new Error(`${connection}: ${fault?.zh ?? ''} ${fault?.en ?? ''}`)
    telling.say({ zh: `· ${found.zh}`, en: found.en })
    await setUpConnection(server, connection, { enabled: true })
  }
}

interface Said {
  readonly zh: string
  readonly en: string
}

/** A server that goes on without the story shall not look for platforms that are gone. */
export async function pauseShops(server: ServerClient): Promise<void> {
  for (const { connection } of Object.values(SHOPS)) {
    const answer = await server.request('PUT', `/api/connections/${connection}`, { enabled: false })
    if (answer.status !== 200) throw new Error(`${connection}: ${describe(answer)}`)
  }
}
