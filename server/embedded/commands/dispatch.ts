import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import { isDocument } from '../bson/document.ts'
import { idKey } from '../bson/key.ts'
import { locationError, MongoError, mongoError } from '../errors.ts'
import { buildIdFilter } from '../store/filter-build.ts'
import type { LineCommand, LineServer } from '../wire/line.ts'
import { documentsIn, type Request } from '../wire/messages.ts'
import { aggregate } from './aggregate.ts'
import { collections } from './collections.ts'
import { type Command, checkCommand, type Server } from './command.ts'
import { count } from './count.ts'
import { deleteCommand } from './delete.ts'
import { diagnostics } from './diagnostics.ts'
import { distinct } from './distinct.ts'
import { explain } from './explain.ts'
import { finding } from './find.ts'
import { findAndModify } from './find-and-modify.ts'
import { hello } from './hello.ts'
import { indexes } from './indexes.ts'
import { insert } from './insert.ts'
import { sequence } from './sequence.ts'
import { sessions } from './sessions.ts'
import { stats } from './stats.ts'
import { update } from './update.ts'
import { validation } from './validate.ts'
import type { Writing } from './writing.ts'

/** Every command there is. */
const COMMANDS: readonly Command[] = [
  hello,
  ...diagnostics,
  ...sessions,
  ...finding,
  count,
  distinct,
  insert,
  update,
  deleteCommand,
  findAndModify,
  aggregate,
  explain,
  ...collections,
  ...indexes,
  ...stats,
  ...validation,
]

/** Those that may be parts of a sequence. */
const WRITINGS = new Map<string, Writing>([insert, update].map(each => [each.names[0]!, each]))

const byName = new Map(COMMANDS.flatMap(command => command.names.map(name => [name, command] as const)))

/** Answers one request with BSON; an error becomes the reply that drivers know. */
export async function dispatch(
  server: Server,
  connectionId: number,
  request: Pick<Request, 'body' | 'sequences'>,
): Promise<Uint8Array> {
  const { body, sequences } = request
  const name = Object.keys(body)[0] ?? ''
  try {
    const command = byName.get(name)
    if (!command) throw mongoError('CommandNotFound', `no such command: '${name}'`)
    if (typeof body.$db !== 'string') throw locationError(40571, 'OP_MSG requests require a $db argument')
    if (command.adminOnly && body.$db !== 'admin')
      throw mongoError('Unauthorized', `${name} may only be run against the admin database.`)
    checkCommand(command, name, body, sequences)
    if (command === explain) checkExplained(body[name])
    const reply = await command.run({ ...server, name, database: body.$db, body, sequences, connectionId })
    return reply instanceof Uint8Array ? reply : encode({ ...reply, ok: 1 })
  } catch (error) {
    return encode(errorReply(error))
  }
}

/** A command that is explained must be one that would be carried out. */
function checkExplained(inner: unknown): void {
  if (!isDocument(inner)) throw mongoError('TypeMismatch', 'explain takes a command, as a document')
  const name = Object.keys(inner)[0] ?? ''
  const command = byName.get(name)
  if (!command) throw mongoError('CommandNotFound', `Explain failed due to unknown command: '${name}'`)
  checkCommand(command, name, inner)
}

/** The same for what comes over the line. */
export function lineServer(server: Server, connectionId: number): LineServer {
  return {
    known({ database, collection: name, ids }) {
      try {
        const { catalog, tree } = server.store
        const collection = catalog.find(database, name)
        if (!collection) return { known: [] }
        return { known: ids.flatMap((id, at) => (tree.get(collection.table, idKey(id)) ? [at] : [])) }
      } catch (error) {
        return { error: errorReply(error) }
      }
    },
    async filter({ database, collection }) {
      try {
        return (await buildIdFilter(server.store, database, collection))?.memory
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error))
        return undefined
      }
    },
    read: command => dispatch(server, connectionId, requestOf(command)),
    async write(commands, flush) {
      try {
        const parts = commands.map(command => {
          const { body, sequences } = requestOf(command)
          const name = Object.keys(body)[0] ?? ''
          const writing = WRITINGS.get(name)
          if (!writing) throw mongoError('CommandNotFound', `no command for a sequence: '${name}'`)
          checkCommand(writing, name, body, sequences)
          const call = { ...server, name, database: body.$db, body, sequences, connectionId }
          return { command: writing, call, endsAtKnown: command.endsAtKnown === true }
        })
        return { replies: await server.store.commits.submit(sequence(parts), { flush }) }
      } catch (error) {
        return { error: errorReply(error) }
      }
    },
  }
}

function requestOf({ body, beside }: LineCommand): Pick<Request, 'body' | 'sequences'> {
  if (!beside) return { body, sequences: new Map() }
  const bson = Buffer.from(beside.bson.buffer, beside.bson.byteOffset, beside.bson.byteLength)
  return { body, sequences: new Map([[beside.option, documentsIn(bson, 0, bson.length)]]) }
}

function errorReply(error: unknown): Document {
  if (error instanceof MongoError)
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra }
  if (error instanceof RangeError && error.message.includes('call stack'))
    return errorReply(mongoError('Overflow', 'the command nests deeper than it may'))
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { ok: 0, errmsg: `internal error: ${detail}`, code: 1, codeName: 'InternalError' }
}
