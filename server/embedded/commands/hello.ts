import { MAX_DOCUMENT_BYTES } from '../bson/codec.ts'
import { MAX_MESSAGE_BYTES } from '../wire/framing.ts'
import type { Command } from './command.ts'

/** MongoDB 7.0, the newest whose commands are all spoken here. */
export const SERVER_VERSION = { text: '7.0.0', array: [7, 0, 0, 0], maxWire: 21 }

/**
 * The handshake. Neither `topologyVersion` nor `compression` is advertised, so drivers poll and send plain
 * messages; no `setName`, so they see a standalone server and send neither transactions nor retried writes.
 */
export const hello: Command = {
  names: ['hello', 'isMaster', 'ismaster'],
  /** Here a client offers what it is able to do, and takes up what the reply names. */
  ignoresUnknown: true,
  run: ({ name, connectionId }) => ({
    helloOk: true,
    [name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: SERVER_VERSION.maxWire,
    readOnly: false,
  }),
}
