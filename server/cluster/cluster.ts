import { openSocketAdapter, type SocketAdapter } from '../live/socket-adapter.ts'
import { watchLanes } from '../store/lane-lease.ts'
import type { Store } from '../store/store.ts'
import { type LaneShare, laneShare } from './lane-share.ts'
import { type Members, openMembers } from './members.ts'
import type { News } from './news.ts'
import { redisNews } from './redis-news.ts'
import { repeat } from './repeat.ts'
import { isWorking, type Role } from './role.ts'
import { storeNews } from './store-news.ts'

/** This process among the others on the same store. */
export interface Cluster {
  readonly role: Role
  readonly members: Members
  readonly news: News
  readonly share: LaneShare
  readonly sockets: SocketAdapter
  close(): Promise<void>
}

export interface ClusterOptions {
  readonly role: Role
  /** Set: news go by way of Redis rather than the store. */
  readonly redisUrl: string | undefined
  readonly log: { warn(details: object, message: string): void }
}

/** How often the leases of other workers are looked at. */
const WATCH_EVERY_MS = 500

/** Makes this process known to the others and listens to them. */
export async function openCluster(store: Store, { role, redisUrl, log }: ClusterOptions): Promise<Cluster> {
  const members = openMembers(store, { role, log })
  await members.start()
  const news = redisUrl
    ? await redisNews(redisUrl, { members, log })
    : await storeNews(store, { members, log })
  const sockets = await openSocketAdapter({ redisUrl, news, log })
  const stopWatching = repeat(
    WATCH_EVERY_MS,
    async () => {
      if (isWorking(role) && members.others().length > 0) await watchLanes(store)
    },
    error => log.warn({ err: error }, 'the lanes of other workers could not be looked at'),
  )
  return {
    role,
    members,
    news,
    share: laneShare(members),
    sockets,
    async close() {
      await stopWatching()
      await sockets.close()
      await news.close()
      await members.stop()
    },
  }
}
