import { setTimeout as sleep } from 'node:timers/promises'
import { startRedis } from '../support/redis.ts'
import { freePort, killedAgainAndAgain, type SetUp } from './killed-again.ts'
import { victim } from './victim.ts'

/** One process whose orders wait in a Redis that keeps what it answered for; both are struck. */
async function onRedis(dataDir: string, env: Readonly<Record<string, string>>): Promise<SetUp> {
  const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' })
  const server = victim(dataDir, await freePort(), { ...env, REDIS_URL: redis.url })

  async function strikeRedis(awayMs: number): Promise<void> {
    await redis.kill()
    await sleep(awayMs)
    await redis.start()
  }

  return {
    url: server.url,
    start: server.start,
    async strike(blow, roll) {
      // Redis alone, then the server alone, then both at once.
      if (blow % 3 === 0) return strikeRedis(roll() * 500)
      await server.kill()
      if (blow % 3 === 2) await strikeRedis(0)
      await server.start()
    },
    stop: server.stop,
    said: server.said,
    async close() {
      await server.kill()
      await redis.close()
    },
  }
}

killedAgainAndAgain('orders waiting in Redis, which is killed as well', { blows: 2, setUp: onRedis })
