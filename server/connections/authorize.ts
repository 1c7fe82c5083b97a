import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { errors } from '../errors.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'
import type { Text } from '../workflow/text.ts'
import type { ConnectorDesk } from './connector-desk.ts'
import { clearFault } from './note-fault.ts'
import type { Secrets } from './secrets.ts'

/** Lets the owner of a shop authorise us at the platform. */
export interface Authorizer {
  /** Where the person signs in. @throws errors.CannotAuthorize */
  begin(connection: ConnectionDoc, redirectUri: string): Promise<string>
  /** The connection a platform sends somebody back for. @throws errors.AuthorizationStale */
  readState(state: string): { readonly connection: string; readonly redirectUri: string }
  /** Turns a code into a token and keeps it. @throws ConnectorError, errors.CannotAuthorize */
  finish(connection: ConnectionDoc, code: string, redirectUri: string): Promise<void>
  /** Calls the platform once. @throws ConnectorError, errors.CannotTest */
  test(connection: ConnectionDoc): Promise<Text>
}

const STATE_LIVES_MS = 30 * 60_000
const TEST_TIMEOUT_MS = 30_000

export interface AuthorizerDeps {
  readonly store: Store
  readonly desk: ConnectorDesk
  readonly secrets: Secrets
}

/** States are signed rather than stored: only what this process began within half an hour comes back to it. */
export function authorizer({ store, desk, secrets }: AuthorizerDeps): Authorizer {
  const key = randomBytes(32)
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url')

  function authorizationOf(connection: ConnectionDoc) {
    const authorization = desk.connectorOf(connection)?.authorization
    if (!authorization) throw new errors.CannotAuthorize(connection._id, connection._id)
    return authorization
  }

  return {
    async begin(connection, redirectUri) {
      const authorization = authorizationOf(connection)
      const { settings, credentials } = await desk.pushContext(connection)
      const told = Buffer.from(JSON.stringify([connection._id, redirectUri, Date.now()])).toString(
        'base64url',
      )
      return authorization.url({ settings, credentials }, redirectUri, `${told}.${sign(told)}`)
    },
    readState(state) {
      const [told = '', signature = ''] = state.split('.')
      const expected = Buffer.from(sign(told))
      const given = Buffer.from(signature)
      if (expected.length !== given.length || !timingSafeEqual(expected, given))
        throw new errors.AuthorizationStale()
      const [connection, redirectUri, at] = JSON.parse(Buffer.from(told, 'base64url').toString()) as [
        string,
        string,
        number,
      ]
      if (Date.now() - at > STATE_LIVES_MS) throw new errors.AuthorizationStale()
      return { connection, redirectUri }
    },
    async finish(connection, code, redirectUri) {
      const authorization = authorizationOf(connection)
      const context = await desk.context(connection, AbortSignal.timeout(TEST_TIMEOUT_MS))
      await secrets.putToken(connection._id, await authorization.exchange(context, code, redirectUri))
      await clearFault(store, connection._id)
    },
    async test(connection) {
      const connector = desk.connectorOf(connection)
      if (!connector?.test) throw new errors.CannotTest(connection._id, connection._id)
      const found = await connector.test(await desk.context(connection, AbortSignal.timeout(TEST_TIMEOUT_MS)))
      await clearFault(store, connection._id)
      return found
    },
  }
}
