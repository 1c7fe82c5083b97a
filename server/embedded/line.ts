import type { MessagePort } from 'node:worker_threads'
import { type Document, deserialize } from 'bson'
import { MongoServerError } from 'mongodb'
import { idKey } from './bson/key.ts'
import { type IdFilter, idFilterIn } from './store/id-filter.ts'
import type { FilterRequest, KnownRequest, LineCommand, LineReply, LineRequest } from './wire/line.ts'

/**
 * A way from this process into its own embedded store that goes past driver, sockets and protocol, for what is done
 * thousands of times a second. What it does is what the same commands do on the wire.
 */
export interface Line {
  /**
   * Those of the ids that a collection may have; the others it has not. Answered without asking the store, by a filter
   * that is there soon after the first call: until then, all of them.
   */
  maybe(of: FilterRequest, ids: readonly string[]): readonly string[]
  /** @returns the places of the ids that the collection has @throws MongoServerError */
  known(request: KnownRequest): Promise<readonly number[]>
  /** @returns the reply, with all documents in its first batch @throws MongoServerError */
  read(command: LineCommand): Promise<Document>
  /**
   * Does `insert` and `update` commands one behind the other, as one where they are not very many; ends behind the
   * first that failed.
   * @param flush resolves when all is on the disk; else when it is done, which then reaches the disk with whatever
   * is done later, or before it
   * @returns the replies of those that were begun @throws MongoServerError where nothing was written
   */
  write(commands: readonly LineCommand[], flush: boolean): Promise<readonly Document[]>
}

interface Waiting {
  resolve(reply: LineReply): void
  reject(error: Error): void
}

/** How long after there could be no filter it is asked for again. */
const ASK_AGAIN_MS = 1_000

export function openLine(port: MessagePort): Line {
  const waiting = new Map<number, Waiting>()
  let last = 0
  port.on('message', (reply: LineReply) => {
    waiting.get(reply.id)?.resolve(reply)
    waiting.delete(reply.id)
  })
  port.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the embedded store was closed'))
    waiting.clear()
  })
  // The store keeps its thread alive as long as the process wants it.
  port.unref()

  function ask(request: LineRequest, owned: readonly LineCommand[]): Promise<LineReply> {
    const buffers = owned.flatMap(({ beside }) => (beside ? [beside.bson.buffer as ArrayBuffer] : []))
    return new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve, reject })
      port.postMessage(request, buffers)
    })
  }

  const filters = new Map<string, IdFilter | 'asked for'>()

  /** The filter of a collection, where there is one now. */
  function filterOf({ database, collection }: FilterRequest): IdFilter | undefined {
    const name = `${database}.${collection}`
    const filter = filters.get(name)
    if (filter === 'asked for') return undefined
    if (filter && !filter.isOver()) return filter
    filters.set(name, 'asked for')
    ask({ id: ++last, filter: { database, collection } }, []).then(
      reply => {
        if ('filter' in reply && reply.filter) filters.set(name, idFilterIn(reply.filter))
        else setTimeout(() => filters.delete(name), ASK_AGAIN_MS).unref()
      },
      () => undefined, // The store was closed.
    )
    return undefined
  }

  return {
    maybe(of, ids) {
      const filter = filterOf(of)
      return filter ? ids.filter(id => filter.mayHave(idKey(id))) : ids
    },
    async known(request) {
      const reply = await ask({ id: ++last, known: request }, [])
      if ('error' in reply) throw new MongoServerError(reply.error)
      if (!('known' in reply)) throw new Error('a question for ids was answered with something else')
      return reply.known
    },
    async read(command) {
      const reply = await ask({ id: ++last, read: command }, [command])
      if (!('bson' in reply)) throw new Error('a reading command was answered with the replies of writes')
      const document = deserialize(reply.bson)
      if (document.ok !== 1) throw new MongoServerError(document)
      return document
    },
    async write(commands, flush) {
      const reply = await ask({ id: ++last, writes: commands, flush }, commands)
      if ('error' in reply) throw new MongoServerError(reply.error)
      if (!('replies' in reply)) throw new Error('writes were answered with the reply of a reading command')
      return reply.replies
    },
  }
}
