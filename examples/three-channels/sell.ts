import { type Fed, feed } from '../stage/feed.ts'
import { fetched } from '../stage/fetched.ts'
import type { ServerClient } from '../stage/server-client.ts'
import type { Telling } from '../stage/telling.ts'
import { SHOPS } from './channels.ts'
import type { DouyinPushes } from './douyin-pushes.ts'
import type { StoryOrder } from './orders.ts'
import { isToldByPlatform, type Platforms } from './platforms.ts'
import { roundsOf } from './rounds.ts'
import { causeTrouble, troubleLeft } from './trouble.ts'

const CONNECTIONS = Object.values(SHOPS).map(({ connection }) => connection)

/** Where the buyers order, and what fetches it. */
export interface Market {
  readonly server: ServerClient
  readonly platforms: Platforms
  readonly pushes: DouyinPushes
}

/**
 * Lets the buyers order, round by round: the platforms have the orders, the product fetches them, and what no platform
 * tells is posted by a script. In the middle everything goes wrong that does on platforms.
 * @returns what the server answered to the script
 */
export async function sell(market: Market, telling: Telling, documents: readonly StoryOrder[]): Promise<Fed> {
  const { server, platforms, pushes } = market
  const rounds = roundsOf(documents)
  // A story of one round has no middle.
  const middle = rounds.length > 1 ? Math.floor(rounds.length / 2) : undefined
  const answers: Fed[] = []
  const again: string[] = []
  let done = 0
  for (const [index, round] of rounds.entries()) {
    const began = performance.now()
    const [answer] = await Promise.all([
      sellRound(market, round),
      index === middle ? causeTrouble(telling, platforms) : undefined,
    ])
    answers.push(answer)
    for (const { kind, channel, orderId } of round)
      if (kind === 'redelivery' && channel === 'douyin') again.push(orderId)
    // What a push has read at once would take the trouble that is meant for the polls.
    if (index + 1 !== middle) for (const orderId of again.splice(0)) pushes.again(orderId)
    if (index === middle) {
      const left = troubleLeft(platforms)
      telling.check(
        {
          zh: '故障一样不少都发生了，这一批订单照样一单不少',
          en: 'All of that happened, and no order of this round is missing',
        },
        left === '',
        left,
      )
    }
    done += round.length
    const seconds = ((performance.now() - began) / 1_000).toFixed(1)
    telling.say({
      zh: `· 第 ${index + 1}/${rounds.length} 批 ${round.length} 份，${seconds} 秒取回并处理完，累计 ${done}/${documents.length}`,
      en: `fetched and decided in ${seconds} s`,
    })
  }
  await pushes.settled()
  // Once more: nothing new is there, and what was told before is told again.
  await fetched(server, CONNECTIONS, [])
  return {
    sent: answers.reduce((sum, { sent }) => sum + sent, 0),
    accepted: answers.reduce((sum, { accepted }) => sum + accepted, 0),
    repeated: answers.reduce((sum, { repeated }) => sum + repeated, 0),
    refused: answers.flatMap(({ refused }) => refused),
  }
}

/** @returns what the server answered to the script, once everything of the round is decided */
async function sellRound({ server, platforms }: Market, round: readonly StoryOrder[]): Promise<Fed> {
  const told = round.filter(each => each.kind !== 'redelivery' && isToldByPlatform(each))
  for (const entry of told) platforms.place(entry)
  const posted = round.filter(each => !isToldByPlatform(each))
  const answer = await feed(server, posted, posted.length + 1)
  const keys = told.filter(each => !each.defect).map(each => each.orderKey)
  await fetched(server, CONNECTIONS, keys)
  return answer
}
