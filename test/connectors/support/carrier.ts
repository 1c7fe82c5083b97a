import { existsSync, readFileSync } from 'node:fs'
import Fastify from 'fastify'
import type { PushAnswer, PushReply, PushRequest } from '../../../connectors/kit/push.ts'
import { parseJson } from '../../../server/intake/json.ts'
import type { ConnectorRoom } from './connector-room.ts'

const samples = new URL('../../../../shared/reference/samples/', import.meta.url)
/** Whether the documented answers are at hand; what is told by them alone is skipped otherwise. */
export const hasSamples = existsSync(samples)

export const readSample = (file: string): unknown => parseJson(readFileSync(new URL(file, samples), 'utf8'))

/** Keys and JSON types of a value; a list has the shape of its first entry. Notes on samples are left out. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('_'))
      .sort()
      .map(([key, entry]) => [key, shapeOf(entry)]),
  )
}

export const aPushRequest = (body: string, query: Readonly<Record<string, string>> = {}): PushRequest => ({
  method: 'POST',
  query,
  headers: {},
  body: Buffer.from(body),
})

/** The text of the last answer a connector got while it did this. */
export async function rawAnswer(
  { context }: ConnectorRoom,
  work: (context: ConnectorRoom['context']) => Promise<unknown>,
): Promise<string> {
  let text = ''
  await work({
    ...context,
    http: {
      ...context.http,
      async send(make, calling) {
        const answer = await context.http.send(make, calling)
        text = answer.text
        return answer
      },
    },
  })
  return text
}

/** Stands where our server does: hands pushes to a connector and answers as it says. */
export interface Receiver {
  readonly url: string
  /** What was made of the pushes that were let in. */
  answers(): readonly PushAnswer[]
  /** What was pushed, as it came. */
  bodies(): readonly string[]
  /** Answers so many pushes with an error before they are looked at. */
  refuseNext(times: number): void
  close(): Promise<void>
}

export async function receiver(read: (request: PushRequest) => PushAnswer): Promise<Receiver> {
  const app = Fastify({ forceCloseConnections: true })
  const answers: PushAnswer[] = []
  const bodies: string[] = []
  let refusals = 0
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.post('/push', async (request, reply) => {
    if (refusals-- > 0) return reply.code(500).send('')
    const answer = read({
      method: 'POST',
      query: request.query as Readonly<Record<string, string>>,
      headers: request.headers as Readonly<Record<string, string>>,
      body: request.body as Buffer,
    })
    answers.push(answer)
    bodies.push(String(request.body))
    const { status, contentType, body }: PushReply = answer.reply
    return reply.code(status).type(contentType).send(body)
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: `${url}/push`,
    answers: () => answers,
    bodies: () => bodies,
    refuseNext: times => {
      refusals = times
    },
    close: () => app.close(),
  }
}
