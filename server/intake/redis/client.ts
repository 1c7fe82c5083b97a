import { createClient } from 'redis'

export interface RedisLog {
  error(details: object, message: string): void
  warn(details: object, message: string): void
}

export type RedisClient = ReturnType<typeof newClient>

/** A Redis that does not answer any more, though its connection stands, is found out by these two. */
const PING_EVERY_MS = 2_000
const SILENT_MS = 5_000
const CONNECT_MS = 5_000
const MAX_RETRY_MS = 2_000

const retryMs = (retries: number) => Math.min(50 * 2 ** retries, MAX_RETRY_MS) + Math.random() * 200

function newClient(url: string, name: string) {
  return createClient({
    url,
    name,
    // What is asked while Redis is away fails at once: whoever waits for an answer is told to come again.
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    pingInterval: PING_EVERY_MS,
    socket: { reconnectStrategy: retryMs, connectTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
  })
}

/** Where Redis is, for people: without user and password. */
export function placeOf(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

/**
 * Connects, and connects again whenever the connection is lost; each loss is logged once.
 * @throws {Error} when Redis cannot be reached within `patienceMs`, or refuses what it is asked (a wrong password)
 */
export async function connect(
  url: string,
  { name, log, patienceMs }: { readonly name: string; readonly log: RedisLog; readonly patienceMs: number },
): Promise<RedisClient> {
  const client = newClient(url, name)
  const place = placeOf(url)
  let wasReady = false
  let isAway = false
  let last: unknown
  client.on('error', error => {
    last = error
    if (isAway || !wasReady) return
    isAway = true
    log.error({ err: error, redis: place }, 'Redis is out of reach; nothing is accepted until it is back')
  })
  client.on('ready', () => {
    wasReady = true
    if (isAway) log.warn({ redis: place }, 'Redis is back')
    isAway = false
  })
  let late: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(last ?? new Error('no answer')), patienceMs)
  })
  const connecting = client.connect()
  try {
    await Promise.race([connecting, tooLate])
    return client
  } catch (error) {
    client.destroy()
    await Promise.allSettled([connecting])
    const reason = error instanceof Error ? error.message || String(error) : String(error)
    throw new Error(
      `连不上 REDIS_URL 所指的 Redis(${place}):${reason} / Redis at ${place} (REDIS_URL) cannot be reached: ${reason}`,
      { cause: error },
    )
  } finally {
    clearTimeout(late)
  }
}

/** Lets what is under way finish, if there is anybody to finish it. */
export async function disconnect(client: RedisClient): Promise<void> {
  if (client.isReady) await client.close()
  else client.destroy()
}
