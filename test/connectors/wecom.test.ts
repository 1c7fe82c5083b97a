import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { ActionBodies } from '../../connectors/kit/action.ts'
import { circuitBreaker } from '../../connectors/kit/circuit-breaker.ts'
import { faultWords } from '../../connectors/kit/fault.ts'
import { connectionHttp, waysOut } from '../../connectors/kit/http.ts'
import { sideBySide } from '../../connectors/kit/side-by-side.ts'
import { tokenBucket } from '../../connectors/kit/token-bucket.ts'
import connector from '../../connectors/wecom/connector.ts'
import { merged, robotMessage, wireMessage } from '../../connectors/wecom/message.ts'
import { mergingQueue } from '../../connectors/wecom/queue.ts'
import { shorten } from '../../connectors/wecom/shorten.ts'
import { type RobotSimOptions, wecomRobotSimulator } from '../../connectors/wecom/simulator.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './support/connector-room.ts'
import { refusal } from './support/refusal.ts'

let room: ConnectorRoom | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

async function openRoom(simOptions: RobotSimOptions = {}, options: Partial<RoomOptions> = {}) {
  room = await connectorRoom({ connector, simulator: wecomRobotSimulator(simOptions), ...options })
  return room
}

const message = connector.actions!.message!
const tell = (at: ConnectorRoom, body: ActionBodies['message'], context = at.context) =>
  message.perform({ key: 'k', attempt: 1, body }, context)
const read = (at: ConnectorRoom) =>
  at.simulator.log!()
    .map(({ text }) => text)
    .reverse()

describe('a WeCom group', () => {
  it('reads a message with its subject, and people are called by user id', async () => {
    const at = await openRoom()
    await tell(at, { subject: '缺货', text: '> `MUG-350` 还差 **3** 件', to: ['zhangsan', 'lisi'] })
    expect(read(at)).toEqual(['**缺货**\n> `MUG-350` 还差 **3** 件\n<@zhangsan> <@lisi>'])
  })

  it('is called as a whole, or by phone, in plain text', async () => {
    const at = await openRoom()
    await tell(at, {
      text: '## 日报\n> [明细](https://a.example) <font color="warning">3</font> 单',
      to: ['@all', '13800000000'],
    })
    expect(read(at)).toEqual(['日报\n明细 https://a.example 3 单\n@all\n@13800000000'])
  })

  it('gets a file, and the words to it first', async () => {
    const at = await openRoom()
    const base64 = Buffer.from('订单,数量\r\n1,2\r\n').toString('base64')
    await tell(at, { text: '今日缺货', file: { name: '缺货.csv', contentType: 'text/csv', base64 } })
    expect(read(at)).toEqual(['今日缺货', '📄 缺货.csv'])
  })

  it('gets a file the platform has let go of meanwhile, uploaded once more', async () => {
    const at = await openRoom()
    const { send } = at.context.http
    let uploads = 0
    const context = {
      ...at.context,
      http: {
        ...at.context.http,
        send: async (...[make, calling]: Parameters<typeof send>) => {
          const answer = await send(make, calling)
          if (make().url.endsWith('upload_media') && uploads++ === 0) at.simulator.deeds![0]!.perform('')
          return answer
        },
      },
    }
    const base64 = Buffer.from('12345').toString('base64')
    await tell(at, { text: '', file: { name: 'a.txt', contentType: 'text/plain', base64 } }, context)
    expect(read(at)).toEqual(['📄 a.txt'])
    expect(uploads).toBe(2)
  })

  it('reads what came while it could not be told as one message, and each sender learns of it', async () => {
    const at = await openRoom()
    const { context, close } = slowly(at, { perSecond: 20, burst: 1 })
    const first = await tell(at, { text: '第 1 条' }, context)
    const answers = await Promise.all(
      Array.from({ length: 59 }, (_, index) => tell(at, { text: `第 ${index + 2} 条` }, context)),
    )
    await close()
    expect(read(at)).toEqual([
      '第 1 条',
      Array.from({ length: 59 }, (_, index) => `第 ${index + 2} 条`).join('\n\n'),
    ])
    expect(first).toEqual({ together: 1 })
    expect(answers).toEqual(Array.from({ length: 59 }, () => ({ together: 59 })))
  })

  it('is told a hundred things within its twenty messages a minute', async () => {
    const at = await openRoom()
    const { context, close } = slowly(at, { perSecond: 20, burst: 1 })
    const words = Array.from({ length: 100 }, (_, index) => `第 ${index + 1} 条。${'字'.repeat(100)}`)
    // As many at once as the outbox sends.
    await sideBySide(words, 16, text => tell(at, { text }, context))
    await close()
    expect(read(at).length).toBeLessThanOrEqual(20)
    expect(
      read(at)
        .join('\n\n')
        .match(/第 \d+ 条/g),
    ).toEqual(Array.from({ length: 100 }, (_, index) => `第 ${index + 1} 条`))
  })

  it('that is told too much is left alone for a minute, and nobody waits for it meanwhile', async () => {
    let now = new Date('2026-11-01T00:00:00Z')
    const at = await openRoom({ perMinute: 1, clock: () => now }, { now: () => now })
    await tell(at, { text: 'a' })
    expect(await refusal(tell(at, { text: 'b' }))).toMatchObject({
      class: 'throttled',
      code: '45009',
      retryAfterMs: 61_000,
    })
    now = new Date('2026-11-01T00:00:41Z')
    expect(await refusal(tell(at, { text: 'c' }))).toMatchObject({ class: 'throttled', retryAfterMs: 20_000 })
    expect(read(at)).toEqual(['a'])
  })

  it('for which too much waits already is spoken to later', async () => {
    const at = await openRoom()
    const { context, close } = slowly(at, { perSecond: 20, burst: 1 })
    const long = '字'.repeat(1_300)
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => tell(at, { text: long }, context)))
    await close()
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect((outcomes[2] as PromiseRejectedResult).reason.fault).toEqual({
      class: 'throttled',
      retryAfterMs: 15_000,
    })
    expect(read(at)).toEqual([long, long])
  })

  /** A connection whose limit is that of a robot with a quicker clock. */
  function slowly(at: ConnectorRoom, rate: { perSecond: number; burst: number }) {
    const { gateway } = at.context.settings as { gateway: string }
    const ways = waysOut([new URL(gateway).host])
    const { signal } = at.context
    const http = connectionHttp({
      ways,
      bucket: tokenBucket(rate),
      breaker: circuitBreaker(),
      signal,
      secrets: () => [],
    })
    return { context: { ...at.context, http }, close: () => ways.close() }
  }
})

describe('the limit of a robot', () => {
  it('lets no more than twenty messages into any minute', () => {
    const { perSecond, burst } = connector.rate!
    expect(burst + perSecond * 60).toBeLessThanOrEqual(20)
  })
})

describe('a robot', () => {
  it('is tested without the group seeing anything', async () => {
    const at = await openRoom()
    expect(await connector.test!(at.context)).toEqual({ zh: '机器人可用', en: 'The robot works' })
    expect(read(at)).toEqual([])
  })

  it('is found by its key alone as well as by the whole address', async () => {
    const at = await openRoom()
    const { key } = at.context.credentials as { key: string }
    const bare = new URL(key).searchParams.get('key')!
    await tell(at, { text: 'a' }, { ...at.context, credentials: { key: ` ${bare} ` } })
    expect(read(at)).toEqual(['a'])
  })

  it('whose key is wrong, or none, is named in plain words that do not tell the key', async () => {
    const at = await openRoom({}, { credentials: { key: 'https://qyapi.example/send?key=11111111-2222' } })
    const fault = await refusal(tell(at, { text: 'a' }))
    expect(fault).toMatchObject({ class: 'credentials', code: '93000' })
    expect(faultWords(fault).zh).not.toContain('11111111')
    const none = { ...at.context, credentials: { key: 'https://qyapi.example/send' } }
    expect(await refusal(tell(at, { text: 'a' }, none))).toMatchObject({ class: 'credentials' })
    expect(await refusal(connector.test!(none))).toMatchObject({ class: 'credentials' })
  })

  it('whose answer was lost may have told the group', async () => {
    const at = await openRoom({}, { timeoutMs: 100 })
    at.simulator.faults.add('timeout-after')
    expect(await refusal(tell(at, { text: 'a' }))).toMatchObject({ class: 'timeout' })
    expect(read(at)).toEqual(['a'])
    expect(message.isRepeatable).toBe(true)
  })

  it('that failed for one waiting message still tells the next', async () => {
    const at = await openRoom()
    at.simulator.faults.add('server-error')
    expect(await refusal(tell(at, { text: 'a' }))).toMatchObject({ class: 'platform' })
    await tell(at, { text: 'b' })
    expect(read(at)).toEqual(['b'])
  })
})

describe('messages that wait', () => {
  const words = (maxWaiting = 9) =>
    mergingQueue<string>((a, b) => (a.length + b.length < 6 ? `${a} ${b}` : undefined), maxWaiting)

  it('go out in the order they came, as many at once as fit', async () => {
    const queue = words()
    const sent: string[] = []
    const send = async (take: () => string) => void sent.push(take())
    const counts = await Promise.all(['a', 'bb', 'cc', 'dddd', 'e', 'f'].map(word => queue.add(word, send)))
    expect(sent).toEqual(['a', 'bb cc', 'dddd e', 'f'])
    expect(counts).toEqual([1, 2, 2, 2, 2, 1])
  })

  it('stay the same message when it is tried again', async () => {
    const queue = words()
    const tries: string[] = []
    const later: (Promise<number> | undefined)[] = []
    await queue.add('a', async take => {
      tries.push(take())
      later.push(queue.add('b', async taken => void tries.push(taken())))
      tries.push(take())
    })
    await Promise.all(later)
    expect(tries).toEqual(['a', 'a', 'b'])
  })

  it('all fail with the one they share, also when it never left', async () => {
    const queue = words()
    const never = async () => {
      throw new Error('broken')
    }
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map(word => queue.add(word, never)))
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    const sent: string[] = []
    await queue.add('d', async take => void sent.push(take()))
    expect(sent).toEqual(['d'])
  })

  it('are refused when too many wait that cannot be made one', async () => {
    const queue = words(2)
    const sent: string[] = []
    const send = async (take: () => string) => {
      await Promise.resolve()
      sent.push(take())
    }
    const added = ['aaaaa', 'bbbbb', 'ccccc'].map(word => queue.add(word, send))
    expect(added[2]).toBeUndefined()
    await Promise.all(added)
    expect(sent).toEqual(['aaaaa', 'bbbbb'])
    expect(await queue.add('d', send)).toBe(1)
  })

  it('of two kinds are never made one', () => {
    const text = robotMessage({ text: 'a', to: ['@all'] })
    const markdown = robotMessage({ text: 'b' })
    expect(merged(text, markdown)).toBeUndefined()
    const called = merged(text, robotMessage({ text: 'c', to: ['13800000000'] }))
    expect(called).toEqual({ kind: 'text', content: 'a\n\nc', ids: ['@all'], mobiles: ['13800000000'] })
  })
})

describe('a message that is too long', () => {
  it.each([
    ['字'.repeat(2_000), 4_096],
    ['👩‍🚀'.repeat(600), 2_048],
    [`${'a'.repeat(4_040)}<font color="warning">很重要</font>${'b'.repeat(200)}`, 4_096],
  ])('is cut between characters, within the bytes allowed, and says so', (text, maxBytes) => {
    const short = shorten(text, maxBytes)
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(maxBytes)
    expect(Buffer.byteLength(short)).toBeGreaterThan(maxBytes - 100)
    expect(short).toMatch(/已截断）$/)
    expect(short).not.toContain('\ufffd')
    expect(short).not.toMatch(/<[^>]*$/)
  })

  it('keeps those it calls', async () => {
    const at = await openRoom()
    await tell(at, { text: '字'.repeat(3_000), to: ['zhangsan'] })
    expect(read(at)[0]).toMatch(/已截断）\n<@zhangsan>$/)
    await tell(at, { text: '字'.repeat(3_000), to: ['@all'] })
    expect(read(at)).toHaveLength(2)
  })

  it('is left alone when it just fits', () => {
    expect(shorten('字'.repeat(10), 30)).toBe('字'.repeat(10))
  })
})

describe('what the documentation shows of robots', () => {
  const samples = new URL('../../../shared/reference/samples/', import.meta.url)
  const sample = (file: string) =>
    JSON.parse(readFileSync(new URL(file, samples), 'utf8')) as Record<string, Record<string, unknown>>

  it.skipIf(!existsSync(samples))('is what we send, and how the simulator answers', async () => {
    const markdown = sample('wecom-webhook.send-markdown.json')
    const { content } = markdown.request!.markdown as { content: string }
    expect(wireMessage(robotMessage({ text: content }))).toEqual(markdown.request)

    const at = await openRoom({ perMinute: 1 })
    const { key } = at.context.credentials as { key: string }
    const send = async (body: unknown) =>
      (await (await fetch(key, { method: 'POST', body: JSON.stringify(body) })).json()) as Record<
        string,
        unknown
      >
    expect(await send(markdown.request)).toEqual(markdown.response)
    const limited = sample('wecom-webhook.send-file.json').rate_limited_response!
    const told = await send(markdown.request)
    expect(told.errcode).toBe(limited.errcode)
    const shape = (said: unknown) =>
      String(said)
        .replace(/\[[^\]]*\]/, '[]')
        .replace(/ip: [\d.]+/, 'ip:')
    expect(shape(told.errmsg)).toBe(shape(limited.errmsg))
  })
})
