import type { QueryFilter } from 'mongoose'
import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { parseJson } from '../intake/json.ts'
import type { Services } from '../services.ts'
import type { QuarantineDoc } from '../store/quarantine-doc.ts'
import type { Api } from './api.ts'
import { withDetails } from './error-handler.ts'
import { findConnection } from './find-connection.ts'
import { pageByTime } from './page.ts'
import { FieldProblemShape, IdParams, Instant, listOf, PageQuery, STRICT } from './shapes.ts'

const Status = Type.Union([Type.Literal('open'), Type.Literal('resubmitted'), Type.Literal('discarded')])

const QuarantineShape = Type.Object({
  id: Type.String(),
  connection: Type.String(),
  at: Instant,
  /** The text as it came, not masked: it is here to be mended and sent again. */
  body: Type.String(),
  problems: Type.Array(FieldProblemShape),
  status: Status,
  run: Type.String(),
})

export function quarantineRoutes(app: Api, { store, intake, config }: Services): void {
  app.get(
    '/api/quarantine',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['quarantine'],
        summary: 'Documents that could not be used, each with every problem named',
        querystring: Type.Object({ ...PageQuery, status: Type.Optional(Status) }, STRICT),
        response: { 200: listOf(QuarantineShape) },
      },
    },
    async ({ query }) => {
      const filter: QueryFilter<QuarantineDoc> = { status: query.status ?? 'open' }
      const page = await pageByTime(store.quarantine, filter, 'at', query)
      return { ...page, items: page.items.map(view) }
    },
  )

  app.post(
    '/api/quarantine/:id/resubmit',
    {
      config: { role: 'operator' },
      bodyLimit: config.maxBodyBytes,
      schema: {
        tags: ['quarantine'],
        summary: 'Sends a mended document again; what is still wrong with it is a new entry',
        params: IdParams,
        body: Type.Object({ body: Type.String() }, { additionalProperties: false }),
        response: {
          202: Type.Object({
            status: Type.Literal('accepted'),
            accepted: Type.Number(),
            repeated: Type.Number(),
          }),
        },
      },
    },
    async ({ params, body }, reply) => {
      const entry = await openEntry(params.id)
      const connection = await findConnection(store, entry.connection)
      const { accepted, repeated, refused } = await intake.accept(connection, [parsed(body.body)], {
        isMended: true,
      })
      const [still] = refused
      // The same text refused for the same reason is the same entry: it stays open.
      if (still?.quarantine !== entry._id) await close(entry._id, 'resubmitted')
      if (still)
        throw withDetails(
          new errors.BodyInvalid('修改后的订单仍有问题 / The mended order still has problems'),
          still,
        )
      return reply.code(202).send({ status: 'accepted' as const, accepted, repeated })
    },
  )

  app.post(
    '/api/quarantine/:id/discard',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['quarantine'],
        summary: 'Puts an entry away for good',
        params: IdParams,
        response: { 200: Type.Object({ status: Type.Literal('discarded') }) },
      },
    },
    async ({ params }) => {
      await openEntry(params.id)
      await close(params.id, 'discarded')
      return { status: 'discarded' as const }
    },
  )

  async function openEntry(id: string): Promise<QuarantineDoc> {
    const entry = await store.quarantine.findById(id).lean()
    if (!entry) throw new errors.NotFound('隔离记录', id, 'quarantine entry', id)
    if (entry.status !== 'open') throw new errors.QuarantineClosed(id, entry.status, id, entry.status)
    return entry
  }

  async function close(id: string, status: 'resubmitted' | 'discarded'): Promise<void> {
    await store.quarantine.updateOne({ _id: id, status: 'open' }, { $set: { status } })
  }
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new errors.BodyNotJson(error.message, error.message)
  }
}

const view = (doc: QuarantineDoc) => ({
  id: doc._id,
  connection: doc.connection,
  at: doc.at.toISOString(),
  body: doc.body,
  problems: doc.problems,
  status: doc.status,
  run: doc.run ?? '',
})
