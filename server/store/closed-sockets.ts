import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/**
 * The driver waits for `drain` where a socket does not take a command at once, also where that is because the
 * server has just gone away (mongodb 7.8, `writeCommand` in cmap/connection.js). Such a socket only closes, and the
 * command would be waited for without end: a lane whose batch it is would stand still for good. So closing ends the
 * wait; the driver then finds its connection closed, and tells that.
 */
export function endWaitsOfClosedSockets(): void {
  if (isWatched) return
  isWatched = true
  subscribe('net.client.socket', message => {
    const { socket } = message as { socket: Socket }
    socket.once('close', () => {
      if (socket.listenerCount('drain') > 0) socket.emit('drain')
    })
  })
}

let isWatched = false
