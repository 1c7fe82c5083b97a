import multipart from '@fastify/multipart'
import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { deliverFile } from '../intake/files/deliver-file.ts'
import { contentOf } from '../intake/files/read-file.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { withDetails } from './error-handler.ts'
import { filePreviewRoutes } from './file-preview.ts'
import { chosenReading, openUpload, readingQuery, told } from './file-reading.ts'
import { findConnection } from './find-connection.ts'
import { FieldProblemShape, NewId, STRICT } from './shapes.ts'

/** POST /api/intake/:connection/files: one CSV, XLSX, JSON or NDJSON file as multipart form data. */
export async function intakeFileRoutes(app: Api, services: Services): Promise<void> {
  const { store, intake, config } = services
  await app.register(multipart, {
    limits: { files: 1, fields: 10, parts: 11, fileSize: config.maxBodyBytes, headerPairs: 50 },
  })
  filePreviewRoutes(app, services)
  app.post(
    '/api/intake/:connection/files',
    {
      config: { role: 'operator' },
      bodyLimit: config.maxBodyBytes,
      schema: {
        tags: ['intake'],
        summary:
          'Orders from a file (multipart: csv, xlsx, json, ndjson); the answer tells of every refused row',
        consumes: ['multipart/form-data'],
        params: Type.Object({ connection: NewId }),
        querystring: Type.Object(readingQuery, STRICT),
        response: {
          202: Type.Object({
            status: Type.Literal('accepted'),
            message: Type.String(),
            file: Type.String(),
            rows: Type.Number(),
            documents: Type.Number(),
            accepted: Type.Number(),
            repeated: Type.Number(),
            /** Rows left out on purpose: totals, repeated headers, hidden ones. */
            skipped: Type.Array(Type.Object({ row: Type.Number(), why: Type.String() })),
            refused: Type.Array(
              Type.Object({
                rows: Type.Array(Type.Number()),
                problems: Type.Array(FieldProblemShape),
                quarantine: Type.String(),
              }),
            ),
          }),
        },
      },
    },
    async (request, reply) => {
      const { query } = request
      const connection = await findConnection(store, request.params.connection)
      const { filename, file } = await openUpload(await request.file(), query)
      const content = await told(filename, () => contentOf(file, chosenReading(connection, query)))
      const report = await deliverFile(content, {
        accept: documents => intake.accept(connection, documents),
        refuse: (body, problems) => intake.refuse(connection, body, problems),
      })
      const { rows, documents, accepted, repeated } = report
      const skipped = [...report.skipped]
      const refused = report.refused.map(each => ({
        ...each,
        rows: [...each.rows],
        problems: [...each.problems],
      }))
      if (accepted + repeated === 0)
        throw withDetails(
          new errors.BodyInvalid(
            `文件“${filename}”里没有可受理的订单 / No order in "${filename}" could be accepted`,
          ),
          { rows, refused },
        )
      const status = 'accepted' as const
      return reply.code(202).send({
        status,
        message: '已受理',
        file: filename,
        rows,
        documents,
        accepted,
        repeated,
        skipped,
        refused,
      })
    },
  )
}
