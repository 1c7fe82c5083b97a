import { io } from 'socket.io-client'

/** The one socket of the page: opened by `followServer`, it reconnects by itself for ever. */
export const socket = io({ autoConnect: false, reconnectionDelayMax: 3_000 })
