import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { parseJson, parseNdjson } from '../intake/json.ts'
import type { Services } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { FieldProblem } from '../world/world.ts'
import type { Api } from './api.ts'
import { withDetails } from './error-handler.ts'
import { findConnection } from './find-connection.ts'
import { depthOf } from './read-json.ts'
import { FieldProblemShape, NewId } from './shapes.ts'

// Below what the parser can take; a document deeper than intake allows is then refused by itself, not with its neighbours.
const MAX_PARSED_DEPTH = 1_000

const Refused = Type.Object({
  index: Type.Number(),
  problems: Type.Array(FieldProblemShape),
  quarantine: Type.String(),
})

interface Delivery {
  readonly documents: readonly unknown[]
  /** Where each document stood in the request. */
  readonly places: readonly number[]
  readonly broken: readonly { index: number; text: string }[]
}

/** POST /api/intake/:connection. The body arrives as text, because only our own parser keeps long ids whole. */
export function intakeRoutes(app: Api, services: Services): void {
  const { intake } = services
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/x-ndjson', 'application/ndjson', 'text/plain'],
    { parseAs: 'string', bodyLimit: services.config.maxBodyBytes },
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
            refused: Type.Array(Refused),
            events: Type.Array(Type.String()),
          }),
        },
      },
    },
    async (request, reply) => {
      const connection = await findConnection(services.store, request.params.connection)
      const isLines = !(request.headers['content-type'] ?? '').startsWith('application/json')
      const { documents, places, broken } = await read(connection, String(request.body ?? ''), isLines)
      const receipt = await intake.accept(connection, documents)
      const refused = receipt.refused.map(each => ({
        ...each,
        index: places[each.index]!,
        problems: [...each.problems],
      }))
      for (const { index, text } of broken) {
        const problems = [notJson]
        refused.push({ index, problems, quarantine: await intake.refuse(connection, text, problems) })
      }
      refused.sort((a, b) => a.index - b.index)
      if (receipt.accepted + receipt.repeated === 0)
        throw withDetails(
          new errors.BodyInvalid('没有可受理的订单 / None of the orders could be accepted'),
          refused,
        )
      const events = Array.from({ length: documents.length + broken.length }, () => '')
      for (const [at, event] of receipt.events.entries()) events[places[at]!] = event
      const { accepted, repeated } = receipt
      return reply
        .code(202)
        .send({ status: 'accepted' as const, message: '已受理', accepted, repeated, refused, events })
    },
  )

  async function read(connection: ConnectionDoc, text: string, isLines: boolean): Promise<Delivery> {
    try {
      if (depthOf(text) > MAX_PARSED_DEPTH)
        throw new SyntaxError(`nested deeper than ${MAX_PARSED_DEPTH} levels`)
      if (isLines) {
        const { documents, broken } = parseNdjson(text)
        const isBroken = new Set(broken.map(each => each.index))
        const all = Array.from({ length: documents.length + broken.length }, (_, index) => index)
        return { documents, places: all.filter(index => !isBroken.has(index)), broken }
      }
      const parsed = parseJson(text)
      const documents: unknown[] = Array.isArray(parsed) ? parsed : [parsed]
      return { documents, places: documents.map((_, index) => index), broken: [] }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      const quarantine = text.trim() === '' ? '' : await intake.refuse(connection, text, [notJson])
      throw withDetails(new errors.BodyNotJson(error.message, error.message), { quarantine })
    }
  }
}

const notJson: FieldProblem = {
  field: '',
  code: 'NOT_JSON',
  message: '不是有效的 JSON',
  messageEn: 'This is not valid JSON',
}
