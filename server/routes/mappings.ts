import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { identify } from '../intake/identify.ts'
import { parseJson } from '../intake/json.ts'
import { depthOf } from '../intake/json-depth.ts'
import { mappingLanguage } from '../nodes/mapping/language.ts'
import { maskTried } from '../nodes/mapping/mask-tried.ts'
import { suggestMapping } from '../nodes/mapping/suggest/suggest.ts'
import { trialOf } from '../nodes/mapping/try-mapping.ts'
import type { RunEvent } from '../nodes/node-type.ts'
import type { Services } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Api } from './api.ts'
import { findConnection } from './find-connection.ts'
import { documentsByIds, lastDocuments, viewSample } from './mapping-samples.ts'
import {
  LanguageShape,
  MAX_DOCUMENTS,
  SamplesShape,
  SuggestBody,
  SuggestShape,
  TryBody,
  TryShape,
} from './mapping-view.ts'
import { NewId, STRICT } from './shapes.ts'

const MAX_DEPTH = 64

interface Samples {
  readonly documents?: readonly unknown[]
  readonly events?: readonly string[]
}

/** How mappings are built: their language, real documents to look at, suggestions, and trials that change nothing. */
export function mappingRoutes(app: Api, { store }: Services): void {
  readExactJson(app)

  app.get(
    '/api/mappings/language',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['mappings'],
        summary: 'What mappings are made of: unified fields, the needed ones first, and transforms',
        response: { 200: LanguageShape },
      },
    },
    async () => mappingLanguage(),
  )

  app.get(
    '/api/mappings/samples',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['mappings'],
        summary: 'The last documents of a connection, buyers masked, with ids to try a mapping by',
        querystring: Type.Object(
          { connection: NewId, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 10 })) },
          STRICT,
        ),
        response: { 200: SamplesShape },
      },
    },
    async ({ query: { connection, limit = 10 } }) => {
      await findConnection(store, connection)
      return { items: (await lastDocuments(store, connection, limit)).map(viewSample) }
    },
  )

  app.post(
    '/api/mappings/try',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['mappings'],
        summary:
          'What a mapping, finished or not, makes of documents: values, faults, and whether each is an order',
        body: TryBody,
        response: { 200: TryShape },
      },
    },
    async ({ body }) => {
      const connection =
        body.connection === undefined ? undefined : await findConnection(store, body.connection)
      const documents = await documentsOf(body)
      const trial = trialOf(body.mapping.fields, body.mapping.negativeQuantity)
      return {
        problems: [...trial.problems],
        documents: documents.map(document => {
          const tried = trial.run(document, eventOf(connection, document))
          const problems = tried.mapped?.problems ?? []
          return {
            ok: tried.mapped?.order !== undefined,
            ...maskTried(tried, document),
            problems: [...problems],
          }
        }),
      }
    },
  )

  app.post(
    '/api/mappings/suggest',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['mappings'],
        summary:
          'How documents are most likely mapped, with the reason and how sure it is; `orders` names a list of orders',
        body: SuggestBody,
        response: { 200: SuggestShape },
      },
    },
    async ({ body }) => {
      const { suggestions, looks, orders } = suggestMapping(await documentsOf(body))
      return {
        suggestions: [...suggestions],
        looks: { ...looks },
        ...(orders === undefined ? {} : { orders }),
      }
    },
  )

  async function documentsOf({ documents = [], events = [] }: Samples): Promise<unknown[]> {
    if (documents.length + events.length > MAX_DOCUMENTS)
      throw new errors.BodyInvalid(
        `documents、events 一共最多 ${MAX_DOCUMENTS} 份 / documents and events may be ${MAX_DOCUMENTS} together`,
      )
    return [...documents, ...(events.length > 0 ? await documentsByIds(store, events) : [])]
  }
}

/** The event a document would come by; what the connection cannot tell stays empty, and is told as missing. */
function eventOf(connection: ConnectionDoc | undefined, document: unknown): RunEvent {
  const { _id = 'sample', channel = 'sample', shop = 'sample' } = connection ?? {}
  const identified = connection && identify(connection, document)
  const known = identified && 'identity' in identified ? identified.identity : undefined
  return {
    id: known?.event ?? _id,
    kind: 'order',
    connection: _id,
    channel,
    shop,
    receivedAt: new Date(),
    orderKey: known?.order ?? `${_id}:`,
  }
}

/** Documents arrive as platforms write them: long ids keep their digits here as they do at the intake. */
function readExactJson(app: Api): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      if (depthOf(String(text)) > MAX_DEPTH)
        throw new errors.BodyInvalid(
          `JSON 嵌套超过 ${MAX_DEPTH} 层 / The JSON is nested deeper than ${MAX_DEPTH} levels`,
        )
      done(null, parseJson(String(text)))
    } catch (error) {
      if (!(error instanceof SyntaxError)) return done(error as Error)
      done(new errors.BodyNotJson(error.message, error.message))
    }
  })
}
