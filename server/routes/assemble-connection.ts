import type { Static } from 'typebox'
import { credentialProblems, settingsProblems } from '../../connectors/check-settings.ts'
import type { Connector } from '../../connectors/connector.ts'
import { connectors } from '../../connectors/index.ts'
import { errors } from '../errors.ts'
import { WORKSPACE } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { ConnectionBody } from './connection-view.ts'

/** What may be said of a connection, without what authorises it. */
export type ConnectionFields = Omit<Static<typeof ConnectionBody>, 'credentials'>

/**
 * A connection from the fields given: over the one there is, or over the defaults of a new one.
 * @throws errors.BodyInvalid for an unknown connector, errors.SettingsInvalid
 */
export function assembleConnection(
  id: string,
  fields: ConnectionFields,
  known?: ConnectionDoc | null,
): ConnectionDoc {
  const connector = connectors.get(fields.connector ?? known?.connector ?? 'intake')
  const connection: ConnectionDoc = {
    ...(known ?? newConnection(id, fields.groupRowsBy, connector)),
    ...fields,
  }
  if (!connector) {
    const all = [...connectors.keys()].join(', ')
    throw new errors.BodyInvalid(`connector 只能是:${all} / connector must be one of: ${all}`)
  }
  const problems = settingsProblems(connector, connection.settings).join('; ')
  if (problems !== '') throw new errors.SettingsInvalid(problems, problems)
  return connection
}

/**
 * Checks credentials as far as they are given: those not given may be kept already.
 * @throws errors.SettingsInvalid naming what is unknown or no text
 */
export function demandCredentials(
  connection: ConnectionDoc,
  credentials: Readonly<Record<string, string>> | undefined,
): void {
  if (!credentials) return
  const connector = connectors.get(connection.connector)!
  const missing = /must have required property/
  const problems = connector.credentials
    ? credentialProblems(connector, credentials).filter(problem => !missing.test(problem))
    : Object.keys(credentials).map(name => `credentials/${name} is not known`)
  if (problems.length > 0) throw new errors.SettingsInvalid(problems.join('; '), problems.join('; '))
}

/** A connection of a connector with defaults needs no mapping of its own to begin with. */
function newConnection(
  id: string,
  groupRowsBy: string | undefined,
  connector: Connector | undefined,
): ConnectionDoc {
  return {
    _id: id,
    workspace: WORKSPACE,
    name: id,
    connector: 'intake',
    channel: connector?.channel ?? id.slice(0, 40),
    shop: id,
    enabled: true,
    identity: { orderId: [groupRowsBy ?? 'orderId'] },
    ...connector?.defaults,
    settings: {},
    createdAt: new Date(),
  }
}
