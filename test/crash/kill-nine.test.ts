import { freePort, killedAgainAndAgain, type SetUp } from './killed-again.ts'
import { victim } from './victim.ts'

/** One process that does everything, on the embedded store. */
async function oneProcess(dataDir: string, env: Readonly<Record<string, string>>): Promise<SetUp> {
  const server = victim(dataDir, await freePort(), env)
  return {
    url: server.url,
    start: server.start,
    async strike(blow, roll) {
      await server.kill()
      // Now and then it does not even get up.
      if (blow % 3 === 2) await server.startAndKillAfter(300 + roll() * 2_500)
      await server.start()
    },
    stop: server.stop,
    said: server.said,
    close: server.kill,
  }
}

killedAgainAndAgain('one process', { blows: 3, setUp: oneProcess })
