import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { endWaitsOfClosedSockets } from '../../server/store/closed-sockets.ts'

it('A wait for room in a socket ends when the socket closes, and one nobody waits at closes quietly', async () => {
  endWaitsOfClosedSockets()
  const server = createServer(socket => socket.pause()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const [waiting, quiet] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
  await Promise.all([once(waiting, 'connect'), once(quiet, 'connect')])
  expect(waiting.write(Buffer.alloc(64 * 1024 * 1024))).toBe(false)
  const room = once(waiting, 'drain')
  const closed = once(quiet, 'close')
  waiting.destroy()
  quiet.destroy()
  await room
  expect(waiting.destroyed).toBe(true)
  await closed
  server.close()
})
