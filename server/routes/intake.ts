import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { FieldProblem } from '../world/world.ts'
import type { Api } from './api.ts'
import type { ConnectionCache } from './connection-cache.ts'
import { withDetails } from './error-handler.ts'
import { type Delivery, readDelivery } from './read-delivery.ts'
import { FieldProblemShape, NewId } from './shapes.ts'

const FORMATS = ['application/json', 'application/x-ndjson', 'application/ndjson', 'text/plain']
const REFUSED_AT_ONCE = 100

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

/** POST /api/intake/:connection. The body arrives as text, because only our own parser keeps long ids whole. */
export function intakeRoutes(app: Api, { intake, config }: Services, connections: ConnectionCache): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    FORMATS,
    { parseAs: 'string', bodyLimit: config.maxBodyBytes },
    (_request, body, done) => done(null, body),
  )

  app.post(
    '/api/intake/:connection',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['intake'],
        summary:
          'Orders in: one document, a list, or one per line (application/x-ndjson). 202 once they are durable',
        params: Type.Object({ connection: NewId }),
        response: {
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
      const connection = await connections.find(request.params.connection)
      const isLines = !(request.headers['content-type'] ?? '').startsWith('application/json')
      const delivery = await readOrKeep(connection, String(request.body ?? ''), isLines)
      const { documents, places, broken } = delivery
      const { accepted, repeated, ...receipt } = await intake.accept(connection, documents)
      const refused = [
        ...receipt.refused.map(each => ({
          ...each,
          index: places[each.index]!,
          problems: [...each.problems],
        })),
        ...(await keepBroken(connection, broken)),
      ].sort((a, b) => a.index - b.index)
      if (accepted + repeated === 0)
        throw withDetails(
          new errors.BodyInvalid('没有可受理的订单 / None of the orders could be accepted'),
          refused,
        )
      const events = Array.from({ length: documents.length + broken.length }, () => '')
      for (const [at, event] of receipt.events.entries()) events[places[at]!] = event
      return reply
        .code(202)
        .send({ status: 'accepted' as const, message: '已受理', accepted, repeated, refused, events })
    },
  )

  async function readOrKeep(connection: ConnectionDoc, text: string, isLines: boolean): Promise<Delivery> {
    try {
      return readDelivery(text, isLines)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      const quarantine = text.trim() === '' ? '' : await intake.refuse(connection, text, [NOT_JSON])
      throw withDetails(new errors.BodyNotJson(error.message, error.message), { quarantine })
    }
  }

  async function keepBroken(connection: ConnectionDoc, broken: Delivery['broken']) {
    const refused: { index: number; problems: FieldProblem[]; quarantine: string }[] = []
    for (let at = 0; at < broken.length; at += REFUSED_AT_ONCE) {
      const part = broken.slice(at, at + REFUSED_AT_ONCE)
      const ids = await Promise.all(part.map(({ text }) => intake.refuse(connection, text, [NOT_JSON])))
      for (const [index, id] of ids.entries())
        refused.push({ index: part[index]!.index, problems: [NOT_JSON], quarantine: id })
    }
    return refused
  }
}
