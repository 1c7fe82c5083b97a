import multipart from '@fastify/multipart'
import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { deliverFile } from '../intake/files/deliver-file.ts'
import { type FileContent, FileUnreadableError } from '../intake/files/document-file.ts'
import { fileKindOf, readOrderFile } from '../intake/files/read-file.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { withDetails } from './error-handler.ts'
import { findConnection } from './find-connection.ts'
import { FieldProblemShape, NewId } from './shapes.ts'

/** POST /api/intake/:connection/files: one CSV, XLSX, JSON or NDJSON file as multipart form data. */
export async function intakeFileRoutes(app: Api, { store, intake, config }: Services): Promise<void> {
  await app.register(multipart, {
    limits: { files: 1, fields: 10, parts: 11, fileSize: config.maxBodyBytes, headerPairs: 50 },
  })
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
        response: {
          202: Type.Object({
            status: Type.Literal('accepted'),
            message: Type.String(),
            file: Type.String(),
            rows: Type.Number(),
            documents: Type.Number(),
            accepted: Type.Number(),
            repeated: Type.Number(),
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
      const connection = await findConnection(store, request.params.connection)
      const part = await request.file()
      if (!part) throw new errors.FileMissing()
      const { filename } = part
      const bytes = await part.toBuffer()
      const content = await contentOf(bytes, filename, connection.groupRowsBy)
      const report = await deliverFile(content, {
        accept: documents => intake.accept(connection, documents),
        refuse: (body, problems) => intake.refuse(connection, body, problems),
      })
      const { rows, documents, accepted, repeated } = report
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
      return reply
        .code(202)
        .send({ status, message: '已受理', file: filename, rows, documents, accepted, repeated, refused })
    },
  )
}

async function contentOf(bytes: Buffer, name: string, groupRowsBy: string | undefined): Promise<FileContent> {
  const kind = fileKindOf(name)
  if (!kind) throw new errors.UnsupportedFile(name, name)
  try {
    return await readOrderFile(bytes, kind, groupRowsBy)
  } catch (error) {
    if (!(error instanceof FileUnreadableError)) throw error
    throw new errors.FileBroken(name, error.message, name, error.message)
  }
}
