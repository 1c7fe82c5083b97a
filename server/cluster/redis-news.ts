import { createClient } from 'redis'
import { listeners, type News, type NewsOptions, type Told } from './news.ts'

const CHANNEL = 'orderloom:news'
/** Messages on their way to a Redis that does not answer; more are void. */
const MOST_UNANSWERED = 1_000

interface Letter extends Told {
  readonly from: string
}

/**
 * News by way of Redis' publish and subscribe: they arrive at once, and none is kept. While Redis is away nothing is
 * told; the connections come back by themselves. Other installations may use the same Redis, so only what the
 * processes on our own store say is heard.
 */
export async function redisNews(url: string, { members, log }: NewsOptions): Promise<News> {
  const { on, hear } = listeners(log)
  // Without Redis a message is void: kept for later it would only be told too late.
  const sender = createClient({ url, disableOfflineQueue: true, commandsQueueMaxLength: MOST_UNANSWERED })
  const receiver = sender.duplicate({ disableOfflineQueue: false })
  let isAway = false
  for (const client of [sender, receiver]) {
    client.on('ready', () => {
      isAway = false
    })
    // Told once, not with every attempt to come back.
    client.on('error', error => {
      if (!isAway) log.warn({ err: error }, 'Redis does not carry news to other processes now')
      isAway = true
    })
  }
  await Promise.all([sender.connect(), receiver.connect()])
  await receiver.subscribe(CHANNEL, text => {
    const letter = JSON.parse(text) as Letter
    if (members.others().some(each => each.name === letter.from)) hear(letter)
  })

  const isAlone = () => members.others().length === 0

  return {
    on,
    isAlone,
    tell(topic, message) {
      if (isAlone() || !sender.isReady) return
      const letter: Letter = { from: members.name, topic, message }
      sender
        .publish(CHANNEL, JSON.stringify(letter))
        .catch(error => log.warn({ err: error, topic }, 'news could not be told to other processes'))
    },
    async close() {
      for (const client of [sender, receiver]) client.destroy()
    },
  }
}
