import type { Static } from 'typebox'
import { settingsProblems } from '../../connectors/check-settings.ts'
import { connectors } from '../../connectors/index.ts'
import { errors } from '../errors.ts'
import { WORKSPACE } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { ConnectionBody } from './connection-view.ts'

/**
 * A connection from the fields given: over the one there is, or over the defaults of a new one.
 * @throws errors.BodyInvalid for an unknown connector, errors.SettingsInvalid
 */
export function assembleConnection(
  id: string,
  fields: Static<typeof ConnectionBody>,
  known?: ConnectionDoc | null,
): ConnectionDoc {
  const connection: ConnectionDoc = { ...(known ?? newConnection(id, fields.groupRowsBy)), ...fields }
  const connector = connectors.get(connection.connector)
  if (!connector) {
    const all = [...connectors.keys()].join(', ')
    throw new errors.BodyInvalid(`connector 只能是:${all} / connector must be one of: ${all}`)
  }
  const problems = settingsProblems(connector, connection.settings).join('; ')
  if (problems !== '') throw new errors.SettingsInvalid(problems, problems)
  return connection
}

function newConnection(id: string, groupRowsBy: string | undefined): ConnectionDoc {
  return {
    _id: id,
    workspace: WORKSPACE,
    name: id,
    connector: 'intake',
    channel: id.slice(0, 40),
    shop: id,
    enabled: true,
    identity: { orderId: [groupRowsBy ?? 'orderId'] },
    settings: {},
    createdAt: new Date(),
  }
}
