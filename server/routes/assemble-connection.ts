import type { Static } from 'typebox'
import {
  credentialProblems,
  problemLine,
  type SettingProblem,
  settingsProblems,
} from '../../connectors/check-settings.ts'
import type { Connector } from '../../connectors/connector.ts'
import { connectors } from '../../connectors/index.ts'
import { errors } from '../errors.ts'
import { WORKSPACE } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { ConnectionBody } from './connection-view.ts'
import { withDetails } from './error-handler.ts'

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
  refuse(settingsProblems(connector, connection.settings))
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
  refuse(
    connector.credentials
      ? credentialProblems(connector, credentials).filter(({ code }) => code !== 'MISSING')
      : Object.keys(credentials).map(name => ({
          field: `credentials/${name}`,
          code: 'UNKNOWN',
          message: `credentials/${name} is not known`,
        })),
  )
}

/** @throws errors.SettingsInvalid naming every field */
function refuse(problems: readonly SettingProblem[]): void {
  if (problems.length === 0) return
  const line = problemLine(problems)
  throw withDetails(
    new errors.SettingsInvalid(line, line),
    problems.map(({ field, code, message }) => ({
      field,
      code,
      message: WORDS[code],
      messageEn: message,
    })),
  )
}

const WORDS: Readonly<Record<SettingProblem['code'], string>> = {
  MISSING: '请填写',
  UNKNOWN: '没有这一项，请删掉',
  INVALID: '填得不对，请检查',
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
