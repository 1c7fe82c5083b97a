import { type Document, deserialize } from 'bson'
import { afterAll } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { createCursors } from '../../../server/embedded/commands/cursors.ts'
import { dispatch } from '../../../server/embedded/commands/dispatch.ts'
import type { Store } from '../../../server/embedded/store/store.ts'
import { openFolder } from './open-folder.ts'

/** The commands without a socket between: what a client would send, and the reply, error or not. */
export function directServer(): {
  run(command: Document, database?: string): Promise<Document>
  store: Store
} {
  const { store, close } = openFolder()
  afterAll(close)
  const server = { store, cursors: createCursors(), startedAt: new Date() }
  return {
    store,
    async run(command, database = 'orderloom') {
      const body = decode(encode({ ...command, $db: database }))
      const request = { id: 1, body, sequences: new Map(), wantsReply: true, isQuery: false }
      return deserialize(await dispatch(server, 1, request))
    },
  }
}
