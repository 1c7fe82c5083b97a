import type { MessagePort } from 'node:worker_threads'
import { type Document, deserialize } from 'bson'
import { MongoServerError } from 'mongodb'
import type { KnownRequest, LineCommand, LineReply, LineRequest } from './wire/line.ts'

/**
 * A way from this process into its own embedded store that goes past driver, sockets and protocol, for what is done
 * thousands of times a second. What it does is what the same commands do on the wire.
 */
export interface Line {
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

  return {
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
