import type { RedisClient, RedisLog } from './client.ts'
import { checkKeeping, type RedisWarning } from './keeping.ts'

/** Settings may be changed while Redis runs. */
const CHECK_EVERY_MS = 60_000

const away: RedisWarning = {
  code: 'REDIS_AWAY',
  message: 'Redis 连不上:暂不受理订单,也不处理积压;恢复后自动继续',
  messageEn:
    'Redis cannot be reached: no orders are accepted and none of the backlog is worked; it goes on by itself',
}

const lostEntries = (count: number, at: Date): RedisWarning => ({
  code: 'REDIS_LOST_ENTRIES',
  message: `Redis 的数据退回到了较早的状态:${at.toLocaleString('zh-CN')} 发现最多 ${count} 条已受理的订单不见了。请让平台重推这段时间的订单,重复的会自动去掉`,
  messageEn: `Redis went back to an earlier state: up to ${count} orders that had been accepted are gone (found ${at.toISOString()}). Have the platforms push that time's orders again; repeated ones are recognised`,
})

/** Keeps an eye on what Redis keeps, and on what it lost. */
export interface RedisWatch {
  warnings(): RedisWarning[]
  /** Told after every append how many entries were ever added. */
  added(total: number): void
  close(): void
}

/** @param counter key of the number of entries ever added */
export async function watchRedis(client: RedisClient, counter: string, log: RedisLog): Promise<RedisWatch> {
  let kept: readonly RedisWarning[] = []
  let lost: RedisWarning | undefined
  const readCounter = async () => Number((await client.get(counter)) ?? 0)
  let total = await readCounter()

  async function check(): Promise<void> {
    const found = await checkKeeping(client)
    const known = new Set(kept.map(each => each.message))
    for (const { code, message, messageEn } of found)
      if (!known.has(message)) log.warn({ code }, `${message} / ${messageEn}`)
    kept = found
  }

  /** A counter that fell: Redis came back without what it had last. */
  function fell(count: number): void {
    lost = lostEntries(count, new Date())
    log.error({ code: lost.code, entries: count }, `${lost.message} / ${lost.messageEn}`)
  }

  async function compare(): Promise<void> {
    const before = total
    const now = await readCounter()
    if (now >= before) return
    total = now
    fell(before - now)
  }

  const look = (what: () => Promise<void>) =>
    what().catch(error => {
      // A Redis that is away is logged by its connection.
      if (client.isReady) log.warn({ err: error }, 'what Redis keeps could not be checked')
    })
  const lookAgain = () => {
    void look(compare)
    void look(check)
  }
  await check()
  client.on('ready', lookAgain)
  const again = setInterval(lookAgain, CHECK_EVERY_MS)
  again.unref()

  return {
    warnings: () => [...(client.isReady ? [] : [away]), ...kept, ...(lost ? [lost] : [])],
    added(now) {
      // Answers come in the order of the questions, so a smaller number is a later one.
      if (now < total) fell(total - now)
      total = now
    },
    close() {
      clearInterval(again)
      client.off('ready', lookAgain)
    },
  }
}
