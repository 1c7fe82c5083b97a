import type { Static } from 'typebox'
import { Type } from 'typebox'
import type { FileContent } from '../intake/files/document-file.ts'
import { type Judged, judgeContent } from '../intake/files/judge-content.ts'
import { contentOf, type OpenedFile } from '../intake/files/read-file.ts'
import { rowsOfOneOrder, type SuggestedReading, suggestReading } from '../intake/files/suggest-reading.ts'
import type { FieldMapping, Mapping } from '../nodes/mapping/mapping.ts'
import type { Services } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Api } from './api.ts'
import { FilePreviewShape, viewFile, viewSuggestion } from './file-preview-view.ts'
import { chosenReading, openUpload, readingQuery, told } from './file-reading.ts'
import { findConnection } from './find-connection.ts'
import { NewId, STRICT } from './shapes.ts'

const PreviewQuery = Type.Object(
  {
    ...readingQuery,
    /** By which mapping the orders are made; the connection's own, where it has one. */
    mapping: Type.Optional(Type.Union([Type.Literal('own'), Type.Literal('suggested')])),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  STRICT,
)
type PreviewQuery = Static<typeof PreviewQuery>

/**
 * POST /api/intake/:connection/files/preview: what a file would bring. Whoever gives the file has it in hand, so
 * nothing of it is masked; nothing of it is kept.
 */
export function filePreviewRoutes(app: Api, { store, config }: Services): void {
  app.post(
    '/api/intake/:connection/files/preview',
    {
      config: { role: 'operator' },
      bodyLimit: config.maxBodyBytes,
      schema: {
        tags: ['intake'],
        summary: 'How a file is read and what it would bring, row by row; nothing is taken',
        consumes: ['multipart/form-data'],
        params: Type.Object({ connection: NewId }),
        querystring: PreviewQuery,
        response: { 200: FilePreviewShape },
      },
    },
    async request => {
      const { query } = request
      const connection = await findConnection(store, request.params.connection)
      const { filename, file } = await openUpload(await request.file(), query)
      const plain = await told(filename, () => contentOf(file, chosenReading(connection, query)))
      const severalRows =
        connection.groupRowsBy === undefined ? rowsOfOneOrder(plain, connection.identity.orderId) : undefined
      const own = fieldsOf(connection)
      if (own && query.mapping !== 'suggested') {
        const judged = await judge(plain, connection, own)
        const isOfUse = severalRows === undefined && judged.some(({ order }) => order)
        return {
          ...viewFile(filename, plain, judged, query.limit),
          mapping: 'own' as const,
          ...(isOfUse ? {} : { suggestion: viewSuggestion(suggested(file, connection, query).suggestion) }),
          ...(severalRows ? { severalRows } : {}),
        }
      }
      const { suggestion, content } = suggested(file, connection, query)
      const { identity, mapping } = suggestion
      const as = { ...connection, mapping, ...(identity ? { identity } : {}) }
      const judged = await judge(content, as, mapping.fields)
      return {
        ...viewFile(filename, content, judged, query.limit),
        mapping: suggestion.missing.length === 0 ? ('suggested' as const) : ('none' as const),
        suggestion: viewSuggestion(suggestion),
      }
    },
  )

  function judge(
    content: FileContent,
    connection: ConnectionDoc,
    fields: readonly FieldMapping[],
  ): Promise<Judged[]> {
    return judgeContent(content, connection, fields, store, new Date())
  }
}

/** The fields of a connection's mapping; undefined where it has none. */
function fieldsOf({ mapping }: ConnectionDoc): readonly FieldMapping[] | undefined {
  const fields = (mapping as Partial<Mapping> | null | undefined)?.fields
  return Array.isArray(fields) && fields.length > 0 ? fields : undefined
}

/** A reading made for the file, and the file read by it. */
function suggested(
  file: OpenedFile,
  connection: ConnectionDoc,
  query: PreviewQuery,
): { suggestion: SuggestedReading; content: FileContent } {
  const as = (groupRowsBy: string | undefined, mapping?: unknown) =>
    contentOf(file, chosenReading({ identity: connection.identity, groupRowsBy, mapping }, query))
  const rowByRow = as(undefined)
  const { columns } = rowByRow.form
  const known = columns.find(name => name === connection.groupRowsBy)
  const groupRowsBy = known ?? rowsOfOneOrder(rowByRow, connection.identity.orderId)?.column
  const suggestion = suggestReading(as(groupRowsBy), groupRowsBy)
  // Once more: what is spoilt in a column nobody reads refuses nothing.
  return { suggestion, content: as(groupRowsBy, [suggestion.mapping, suggestion.identity]) }
}
