import type { Socket } from 'node:net'
import { createFramer } from './framing.ts'
import { type Request, readRequest, writeReply } from './messages.ts'

/** Answers a request with BSON. Never rejects. */
export type Answer = (request: Request) => Promise<Uint8Array>

/** Serves one client: its requests one after the other, as drivers send them. */
export function serveConnection(socket: Socket, answer: Answer): void {
  let last = Promise.resolve()
  const feed = createFramer(message => {
    last = last.then(() => handle(message))
  })

  async function handle(message: Buffer): Promise<void> {
    const request = readRequest(message)
    const body = await answer(request)
    if (!request.wantsReply || socket.destroyed) return
    const parts = writeReply(request, body)
    if (parts.length > 1) socket.cork()
    for (const part of parts) socket.write(part)
    if (parts.length > 1) socket.uncork()
  }

  socket.setNoDelay(true)
  socket.on('data', chunk => {
    try {
      feed(chunk)
    } catch (error) {
      socket.destroy(error instanceof Error ? error : undefined)
    }
    last.catch(error => socket.destroy(error))
  })
  socket.on('error', () => socket.destroy())
}
