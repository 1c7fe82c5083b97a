import { credentials, settings } from '../../../connectors/taobao/settings.ts'
import type { Connection, Connector } from '../../../editor/api/connection-contract.ts'

/** A connector as the editor gets it: with the real schemas of one, as plain JSON. */
export function aConnector(over: { [K in keyof Connector]?: Connector[K] | undefined } = {}): Connector {
  return {
    id: 'taobao',
    name: { zh: '淘宝 / 天猫', en: 'Taobao / Tmall' },
    title: { zh: '取订单', en: 'Fetches orders' },
    kind: 'shop',
    channel: 'taobao',
    polls: true,
    pushes: false,
    tracks: false,
    authorizes: true,
    tests: true,
    ...JSON.parse(JSON.stringify({ settings, credentials })),
    ...over,
  }
}

/** A connection that works. */
export function aConnection(over: Partial<Connection> = {}): Connection {
  return {
    id: 'c1',
    name: '旗舰店',
    connector: 'taobao',
    channel: 'taobao',
    enabled: true,
    hasCredentials: true,
    authorized: {},
    ...over,
  }
}
