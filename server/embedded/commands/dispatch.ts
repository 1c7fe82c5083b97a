import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import { MongoError, mongoError } from '../errors.ts'
import type { Request } from '../wire/messages.ts'
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
import { sessions } from './sessions.ts'
import { update } from './update.ts'

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
]

const byName = new Map(COMMANDS.flatMap(command => command.names.map(name => [name, command] as const)))

/** Answers one request with BSON; an error becomes the reply that drivers know. */
export async function dispatch(server: Server, connectionId: number, request: Request): Promise<Uint8Array> {
  const { body, sequences } = request
  const name = Object.keys(body)[0] ?? ''
  try {
    const command = byName.get(name)
    if (!command) throw mongoError('CommandNotFound', `no such command: '${name}'`)
    checkCommand(command, name, body)
    const reply = await command.run({ ...server, name, database: body.$db, body, sequences, connectionId })
    return reply instanceof Uint8Array ? reply : encode({ ...reply, ok: 1 })
  } catch (error) {
    return encode(errorReply(error))
  }
}

function errorReply(error: unknown): Document {
  if (error instanceof MongoError)
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { ok: 0, errmsg: `internal error: ${detail}`, code: 1, codeName: 'InternalError' }
}
