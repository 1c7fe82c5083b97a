import { Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import { defineConnector } from '../connector.ts'
import { pollFolder } from './poll-folder.ts'

/** Picks up order files that somebody, or some program, drops into a folder. */
export default defineConnector({
  id: 'folder',
  name: { zh: '文件夹', en: 'Folder' },
  kind: 'orders',
  title: { zh: '从文件夹里取订单文件(CSV、XLSX、JSON、NDJSON)', en: 'Picks up order files from a folder' },
  settings: Type.Object(
    {
      /** Absolute, or relative to the data folder of the product. */
      path: Type.String({ ...hint('文件夹路径', 'Folder'), minLength: 1, maxLength: 1_000 }),
      /** How long a file must keep its size before it counts as written to the end. */
      settleMs: Type.Optional(
        Type.Integer({
          ...hint('文件多久不再变大才读', 'A file is read once it stops growing for', {
            as: 'duration',
            advanced: true,
          }),
          minimum: 50,
          maximum: 60_000,
        }),
      ),
      /** How often to look; the server's own period where absent. */
      pollEveryMs: Type.Optional(
        Type.Integer({
          ...hint('多久看一次', 'How often to look', { as: 'duration', advanced: true }),
          minimum: 1_000,
          maximum: 86_400_000,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  poll: pollFolder,
})
