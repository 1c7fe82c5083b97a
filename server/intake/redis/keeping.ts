import { ErrorReply } from 'redis'
import type { RedisClient } from './client.ts'
import { asking } from './unreachable.ts'

/** Something about Redis a person should know; `message` is Chinese. */
export interface RedisWarning {
  readonly code:
    | 'REDIS_NOT_DURABLE'
    | 'REDIS_MAY_LOSE_A_SECOND'
    | 'REDIS_EVICTS'
    | 'REDIS_CANNOT_WRITE'
    | 'REDIS_NOT_CHECKED'
    | 'REDIS_AWAY'
    | 'REDIS_LOST_ENTRIES'
  readonly message: string
  readonly messageEn: string
}

/** The oldest Redis whose scripts may run when the memory is full. Valkey says it is a 7.2. */
const OLDEST_MAJOR = 7

const warnings = {
  notDurable: {
    code: 'REDIS_NOT_DURABLE',
    message:
      'Redis 没有开启 AOF(appendonly no):Redis 一旦重启,已受理但未处理的订单会丢失。请在 redis.conf 里设 appendonly yes 和 appendfsync always',
    messageEn:
      'Redis keeps no append-only file (appendonly no): orders that were accepted and not yet worked are lost when it restarts. Set appendonly yes and appendfsync always in redis.conf',
  },
  mayLoseASecond: {
    code: 'REDIS_MAY_LOSE_A_SECOND',
    message:
      'Redis 每秒才写一次盘(appendfsync everysec):机器断电时,最后一秒受理的订单可能丢失。要断电也不丢,请设 appendfsync always',
    messageEn:
      'Redis writes to disk once a second (appendfsync everysec): a power cut may lose the orders accepted in the last second. For none to be lost set appendfsync always',
  },
  mayLoseMore: {
    code: 'REDIS_MAY_LOSE_A_SECOND',
    message:
      'Redis 由操作系统决定何时写盘(appendfsync no):机器断电时,最近约 30 秒受理的订单可能丢失。要断电也不丢,请设 appendfsync always',
    messageEn:
      'Redis leaves it to the system when to write to disk (appendfsync no): a power cut may lose the orders accepted in about the last 30 seconds. For none to be lost set appendfsync always',
  },
  cannotWrite: {
    code: 'REDIS_CANNOT_WRITE',
    message: 'Redis 上一次写 AOF 文件失败:请检查 Redis 机器的磁盘空间和权限',
    messageEn:
      'The last write of Redis to its append-only file failed: look at the space and permissions of its disk',
  },
  notChecked: {
    code: 'REDIS_NOT_CHECKED',
    message:
      '这个 Redis 不允许查询持久化设置,没能检查断电时会不会丢单:请向服务商确认已设 appendonly yes 和 appendfsync always(everysec 最多丢一秒)',
    messageEn:
      'This Redis does not tell how it keeps its data, so whether a power cut loses orders could not be checked: ask its provider for appendonly yes and appendfsync always (everysec loses up to a second)',
  },
} as const satisfies Record<string, RedisWarning>

const evicts = (policy: string): RedisWarning => ({
  code: 'REDIS_EVICTS',
  message: `Redis 内存用满时会自行删除数据(maxmemory-policy ${policy}),可能丢单或重复受理:请设 maxmemory-policy noeviction`,
  messageEn: `Redis deletes data of its own accord when its memory is full (maxmemory-policy ${policy}): orders may be lost or taken twice. Set maxmemory-policy noeviction`,
})

/**
 * What this Redis is not set up to keep. `INFO` tells most of it even where `CONFIG` is forbidden, as in hosted Redis.
 * https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
 */
export async function checkKeeping(client: RedisClient): Promise<RedisWarning[]> {
  const info = await readInfo(client)
  const found: RedisWarning[] = []
  const appends = info.get('aof_enabled')
  if (appends === '0') found.push(warnings.notDurable)
  else {
    const fsync = appends === undefined ? undefined : await readFsync(client)
    if (fsync === undefined) found.push(warnings.notChecked)
    else if (fsync === 'everysec') found.push(warnings.mayLoseASecond)
    else if (fsync !== 'always') found.push(warnings.mayLoseMore)
  }
  const policy = info.get('maxmemory_policy')
  if (policy !== undefined && policy !== 'noeviction') found.push(evicts(policy))
  if (info.get('aof_last_write_status') === 'err') found.push(warnings.cannotWrite)
  return found
}

/** @throws {Error} when this Redis is too old, or a cluster: a group goes into several lanes at once or not at all */
export async function demandUsable(client: RedisClient): Promise<void> {
  const info = await asking(() => readInfo(client))
  const version = info.get('redis_version')
  if (version !== undefined && Number.parseInt(version, 10) < OLDEST_MAJOR)
    throw new Error(
      `Redis 版本 ${version} 太旧,需要 ${OLDEST_MAJOR}.0 或更新 / Redis ${version} is too old: ${OLDEST_MAJOR}.0 or newer is needed`,
    )
  if (info.get('redis_mode') === 'cluster')
    throw new Error(
      'REDIS_URL 指向的是 Redis 集群(cluster),暂不支持:请用单机或主从版 / REDIS_URL names a Redis cluster, which cannot be used: take a single server, with replicas or without',
    )
}

async function readInfo(client: RedisClient): Promise<ReadonlyMap<string, string>> {
  const text = await ifAllowed(client.info())
  return new Map(text?.split('\r\n').map(line => line.split(':', 2) as [string, string]))
}

const readFsync = async (client: RedisClient): Promise<string | undefined> =>
  (await ifAllowed(client.configGet('appendfsync')))?.appendfsync

/** What Redis refuses to tell stays unknown; the warnings say so. */
async function ifAllowed<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ErrorReply) return undefined
    throw error
  }
}
