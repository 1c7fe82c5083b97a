import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { simFaults } from '../simulators/faults.ts'
import type { Simulator } from '../simulators/simulator.ts'
import { fileOf } from './sim-multipart.ts'

const KEY = '693a91f6-7000-4000-8000-00005170b070'
const PER_MINUTE = 20
const MINUTE_MS = 60_000
const MEDIA_LIFE_MS = 3 * 86_400_000
const MAX_BYTES = { markdown: 4_096, text: 2_048 } as const
const FILE_BYTES = { least: 5, most: 20 * 1024 * 1024 }
const MAX_LOG = 500

const SAID: Readonly<Record<number, string>> = {
  40004: 'invalid media type',
  40006: 'invalid media size',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40058: 'content exceed max length. invalid Request Parameter',
  41006: 'missing media_id',
  44001: 'empty media data',
  44004: 'empty content',
  45001: 'media size out of limit',
  45009: 'api freq out of limit',
  93000: 'invalid webhook url',
}

interface Media {
  readonly name: string
  readonly at: number
}

interface Body {
  readonly msgtype?: string
  readonly markdown?: { readonly content?: string }
  readonly text?: {
    readonly content?: string
    readonly mentioned_list?: readonly string[]
    readonly mentioned_mobile_list?: readonly string[]
  }
  readonly file?: { readonly media_id?: string }
}

export interface RobotSimOptions {
  readonly clock?: () => Date
  readonly perMinute?: number
}

/** A group robot of our own making: what it is told stands in its log. */
export function wecomRobotSimulator(options: RobotSimOptions = {}): Simulator {
  const { clock = () => new Date(), perMinute = PER_MINUTE } = options
  const faults = simFaults()
  const media = new Map<string, Media>()
  const received: { readonly at: Date; readonly text: string }[] = []
  let sentAt: number[] = []

  function isTooOften(): boolean {
    const now = clock().getTime()
    sentAt = sentAt.filter(at => at > now - MINUTE_MS)
    if (sentAt.length >= perMinute) return true
    sentAt.push(now)
    return false
  }

  function refusedKey(request: FastifyRequest): number {
    const { key } = request.query as { key?: string }
    return key !== KEY || faults.take('wrong-signature') ? 93000 : 0
  }

  /** @returns an error code, or what the group reads */
  function read({ msgtype, markdown, text, file }: Body): number | string {
    if (msgtype === 'markdown' || msgtype === 'text') {
      const content = (msgtype === 'markdown' ? markdown : text)?.content ?? ''
      if (content === '') return 44004
      if (Buffer.byteLength(content) > MAX_BYTES[msgtype]) return 40058
      const called = msgtype === 'text' ? callsOf(text) : []
      return [content, ...called].join('\n')
    }
    if (msgtype !== 'file') return 40008
    if (!file?.media_id) return 41006
    const known = media.get(file.media_id)
    if (!known || known.at < clock().getTime() - MEDIA_LIFE_MS) return 40007
    return `📄 ${known.name}`
  }

  function answered(code: number, more: object = {}): object {
    if (code === 0) return { errcode: 0, errmsg: 'ok', ...more }
    const hint = `${Math.floor(clock().getTime() / 1_000)}_00_${randomBytes(8).toString('hex')}`
    return {
      errcode: code,
      errmsg: `${SAID[code] ?? 'error'}, hint: [${hint}], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=${code}`,
    }
  }

  return {
    id: 'wecom-robot',
    name: { zh: '企业微信群机器人', en: 'WeCom group robot' },
    faults,
    access: baseUrl => ({
      settings: { gateway: `${baseUrl}/wecom-robot` },
      credentials: { key: `${baseUrl}/wecom-robot/cgi-bin/webhook/send?key=${KEY}` },
    }),
    log: () => [...received].reverse(),
    mount(app: FastifyInstance) {
      app.post('/wecom-robot/cgi-bin/webhook/send', async request => {
        const refused = refusedKey(request)
        if (refused !== 0) return answered(refused)
        if (faults.take('throttle') || isTooOften()) return answered(45009)
        const text = read(bodyOf(request))
        if (typeof text === 'number') return answered(text)
        received.push({ at: clock(), text })
        if (received.length > MAX_LOG) received.shift()
        return answered(0)
      })
      app.post('/wecom-robot/cgi-bin/webhook/upload_media', async request => {
        const refused = refusedKey(request)
        if (refused !== 0) return answered(refused)
        const { type } = request.query as { type?: string }
        if (type !== 'file') return answered(40004)
        const file = fileOf(request.headers['content-type'] ?? '', request.body as Buffer)
        if (file?.field !== 'media' || file.bytes.length === 0) return answered(44001)
        if (file.bytes.length < FILE_BYTES.least) return answered(40006)
        if (file.bytes.length > FILE_BYTES.most) return answered(45001)
        const media_id = `3${randomUUID().replaceAll('-', '')}${randomBytes(17).toString('hex')}`
        media.set(media_id, { name: file.name, at: clock().getTime() })
        const created_at = String(Math.floor(clock().getTime() / 1_000))
        return answered(0, { type, media_id, created_at })
      })
    },
    deeds: [
      {
        id: 'forget-files',
        name: { zh: '让上传的文件失效', en: 'Let uploaded files expire' },
        perform() {
          media.clear()
          return '已失效'
        },
      },
    ],
  }
}

function bodyOf(request: FastifyRequest): Body {
  try {
    return JSON.parse((request.body as Buffer).toString('utf8')) as Body
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return {}
  }
}

function callsOf(text: Body['text']): string[] {
  return [...(text?.mentioned_list ?? []), ...(text?.mentioned_mobile_list ?? [])].map(
    each => `@${each.replace(/^@/, '')}`,
  )
}
