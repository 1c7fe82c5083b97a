import { Type } from 'typebox'
import { type Awaited, awaitedDecisions } from '../control/awaited-decisions.ts'
import { rateLimits } from '../control/rate-limit.ts'
import { readWait } from '../control/wait-text.ts'
import { errors } from '../errors.ts'
import type { Receipt } from '../intake/receipt.ts'
import { utf8Text } from '../intake/utf8-text.ts'
import type { Services } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { FieldProblem } from '../world/world.ts'
import type { Api } from './api.ts'
import type { ConnectionCache } from './connection-cache.ts'
import { DecidedShape, viewDecided } from './decision-view.ts'
import { retryAfter, withDetails } from './error-handler.ts'
import { type Delivery, readDelivery } from './read-delivery.ts'
import { FieldProblemShape, NewId } from './shapes.ts'

const FORMATS = ['application/json', 'application/x-ndjson', 'application/ndjson', 'text/plain']
const REFUSED_AT_ONCE = 100

type Refused = Receipt['refused'][number]

const RefusedShape = Type.Object({
  index: Type.Number(),
  problems: Type.Array(FieldProblemShape),
  quarantine: Type.String(),
})

const NOT_JSON: FieldProblem = {
  field: '',
  code: 'NOT_JSON',
  message: '不是有效的 JSON',
  messageEn: 'This is not valid JSON',
}

/**
 * POST /api/intake/:connection. The body arrives as text, because only our own parser keeps long ids whole.
 * @param isWorkedElsewhere whether other processes decide orders, too
 */
export function intakeRoutes(
  app: Api,
  { intake, config, engine, store, plans }: Services,
  connections: ConnectionCache,
  isWorkedElsewhere: () => boolean = () => false,
): void {
  const limits = rateLimits()
  const awaited = awaitedDecisions({ engine, store, plans, log: app.log, isWorkedElsewhere })
  app.addHook('preClose', async () => awaited.close())

  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    FORMATS,
    { parseAs: 'buffer', bodyLimit: config.maxBodyBytes },
    (_request, body: Buffer, done) => done(null, utf8Text(body)),
  )

  app.post(
    '/api/intake/:connection',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['intake'],
        summary:
          'Orders in: one document, a list, or one per line (application/x-ndjson). 202 once they are durable; with `wait` (as 500ms or 2s, 10s at most) 200 with the decision and its reason when it is made in time',
        params: Type.Object({ connection: NewId }),
        querystring: Type.Object({ wait: Type.Optional(Type.String({ maxLength: 200 })) }),
        response: {
          200: DecidedShape,
          202: Type.Object({
            status: Type.Literal('accepted'),
            message: Type.String(),
            accepted: Type.Number(),
            repeated: Type.Number(),
            refused: Type.Array(RefusedShape),
            events: Type.Array(Type.String()),
          }),
        },
      },
    },
    async (request, reply) => {
      const waitMs = readWait(request.query.wait)
      const connection = await connections.find(request.params.connection)
      const isLines = !(request.headers['content-type'] ?? '').startsWith('application/json')
      const text = String(request.body ?? '')
      const delivery = readOrProblem(text, isLines)
      if (delivery instanceof SyntaxError) throw await kept(connection, text, delivery)
      demandRate(connection, delivery)
      const { receipt, awaits } = await accept(connection, delivery, waitMs)
      const { accepted, repeated } = receipt
      const { events, refused } =
        delivery.broken.length === 0 ? receipt : await inPlace(connection, delivery, receipt)
      if (accepted + repeated === 0)
        throw withDetails(
          new errors.BodyInvalid('没有可受理的订单 / None of the orders could be accepted'),
          refused,
        )
      if (repeated > 0) awaits?.lookUp()
      const made = await awaits?.made
      if (made) return reply.code(200).send(viewDecided(delivery.isSingle, events, refused, made))
      return reply.code(202).send({
        status: 'accepted' as const,
        message: '已受理',
        accepted,
        repeated,
        refused: refused.map(each => ({ ...each, problems: [...each.problems] })),
        events: [...events],
      })
    },
  )

  /** The refusal of a text nobody can read, which is kept where a person can mend it. */
  async function kept(connection: ConnectionDoc, text: string, { message }: SyntaxError) {
    const quarantine = text.trim() === '' ? '' : await intake.refuse(connection, text, [NOT_JSON])
    return withDetails(new errors.BodyNotJson(message, message), { quarantine })
  }

  /** Takes all documents out of what the connection may send now, or none. */
  function demandRate({ _id: id, limitPerSecond = 0 }: ConnectionDoc, { documents }: Delivery): void {
    const tooEarlyMs = limits.take(id, limitPerSecond, documents.length)
    if (tooEarlyMs === 0) return
    const limit = String(limitPerSecond)
    throw retryAfter(new errors.RateLimited(id, limit, id, limit), Math.ceil(tooEarlyMs / 1_000))
  }

  /** @param waitMs how long the caller waits for the decisions, where it does */
  async function accept(
    connection: ConnectionDoc,
    delivery: Delivery,
    waitMs: number | undefined,
  ): Promise<{ receipt: Receipt; awaits: Awaited | undefined }> {
    let awaits: Awaited | undefined
    const identified =
      waitMs === undefined
        ? undefined
        : (events: readonly string[]) => {
            awaits = awaited.wait(events, waitMs)
          }
    try {
      const receipt = await intake.accept(connection, delivery.documents, delivery, identified)
      return { receipt, awaits }
    } catch (error) {
      limits.giveBack(connection._id, delivery.documents.length)
      awaits?.forget()
      throw error
    }
  }

  /** What became of the documents, by the places they had in the request; broken lines are kept and told, too. */
  async function inPlace(
    connection: ConnectionDoc,
    { documents, places = [], broken }: Delivery,
    receipt: Receipt,
  ): Promise<{ events: readonly string[]; refused: readonly Refused[] }> {
    const moved = receipt.refused.map(each => ({ ...each, index: places[each.index]! }))
    const refused = [...moved, ...(await keepBroken(connection, broken))].sort((a, b) => a.index - b.index)
    const events = Array.from({ length: documents.length + broken.length }, () => '')
    for (const [at, event] of receipt.events.entries()) events[places[at]!] = event
    return { events, refused }
  }

  async function keepBroken(connection: ConnectionDoc, broken: Delivery['broken']): Promise<Refused[]> {
    const refused: Refused[] = []
    for (let at = 0; at < broken.length; at += REFUSED_AT_ONCE) {
      const part = broken.slice(at, at + REFUSED_AT_ONCE)
      const ids = await Promise.all(part.map(({ text }) => intake.refuse(connection, text, [NOT_JSON])))
      for (const [index, id] of ids.entries())
        refused.push({ index: part[index]!.index, problems: [NOT_JSON], quarantine: id })
    }
    return refused
  }
}

function readOrProblem(text: string, isLines: boolean): Delivery | SyntaxError {
  try {
    return readDelivery(text, isLines)
  } catch (error) {
    if (error instanceof SyntaxError) return error
    throw error
  }
}
