import { createAdapter } from '@socket.io/redis-streams-adapter'
import { createClient } from 'redis'
import type { ServerOptions } from 'socket.io'
import type { News } from '../cluster/news.ts'
import { newsAdapter } from './news-adapter.ts'

/** What makes the sockets of several web processes one: what one of them sends to a room reaches all who are in it. */
export interface SocketAdapter {
  readonly adapter: ServerOptions['adapter']
  close(): Promise<void>
}

export interface SocketAdapterOptions {
  /** Set: socket.io's own adapter for Redis. Absent: the news between processes. */
  readonly redisUrl: string | undefined
  readonly news: News
  readonly log: { warn(details: object, message: string): void }
}

export async function openSocketAdapter(options: SocketAdapterOptions): Promise<SocketAdapter> {
  const { redisUrl, news, log } = options
  if (!redisUrl) return { adapter: newsAdapter(news), close: async () => {} }
  const client = createClient({ url: redisUrl })
  let isAway = false
  client.on('ready', () => {
    isAway = false
  })
  const failed = (error: unknown) => {
    if (!isAway) log.warn({ err: error }, 'Redis does not carry messages between sockets now')
    isAway = true
  }
  client.on('error', failed)
  await client.connect()
  // The adapter leaves what it publishes alone; unanswered while Redis goes away, it would end the process.
  const publish = client.publish.bind(client)
  const tolerant = Object.assign(client, {
    publish: (...args: Parameters<typeof publish>) => publish(...args).catch(failed),
  })
  return {
    adapter: createAdapter(tolerant, { streamName: 'orderloom:sockets', channelPrefix: 'orderloom:sockets' }),
    async close() {
      client.destroy()
    },
  }
}
