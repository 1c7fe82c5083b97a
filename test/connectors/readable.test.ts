import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connector } from '../../connectors/connector.ts'
import douyin from '../../connectors/douyin/connector.ts'
import { douyinSimulator } from '../../connectors/douyin/simulator.ts'
import pinduoduo from '../../connectors/pinduoduo/connector.ts'
import { pinduoduoSimulator } from '../../connectors/pinduoduo/simulator.ts'
import type { Simulator } from '../../connectors/simulators/simulator.ts'
import taobao from '../../connectors/taobao/connector.ts'
import { taobaoSimulator } from '../../connectors/taobao/simulator.ts'
import wechat from '../../connectors/wechat/connector.ts'
import { wechatSimulator } from '../../connectors/wechat/simulator.ts'
import { identify } from '../../server/intake/identify.ts'
import type { Order } from '../../server/workflow/order.ts'
import { authorise } from './support/authorise.ts'
import { type ConnectorRoom, connectorRoom } from './support/connector-room.ts'
import { mapHandedOver } from './support/map-handed-over.ts'

const buyer = {
  name: '林雨桐',
  phone: '13800138000',
  province: '浙江省',
  city: '杭州市',
  district: '余杭区',
  street: '仓前街道',
  detail: '文一路969号3幢1201室',
}
const FIVE_MINUTES_MS = 5 * 60_000

const platforms: readonly {
  connector: Connector
  simulator: Simulator
  /** How the platform writes the street and what follows. */
  detail: string
  needsOwner?: boolean
}[] = [
  {
    connector: taobao,
    simulator: taobaoSimulator({ hasVirtualPhones: false }),
    detail: buyer.street + buyer.detail,
    needsOwner: true,
  },
  { connector: pinduoduo, simulator: pinduoduoSimulator(), detail: buyer.detail, needsOwner: true },
  { connector: douyin, simulator: douyinSimulator(), detail: buyer.detail },
  { connector: wechat, simulator: wechatSimulator(), detail: buyer.street + buyer.detail },
]

describe.each(platforms)('an order of $connector.id', ({ connector, simulator, detail, needsOwner }) => {
  let room: ConnectorRoom
  let hidden: unknown
  beforeAll(async () => {
    room = await connectorRoom({ connector, simulator, settings: { firstDays: 0.0208 }, timeoutMs: 5_000 })
    if (needsOwner) await authorise(room)
    simulator.shop!.place({ at: new Date(Date.now() - FIVE_MINUTES_MS), buyer })
    await room.poll()
    hidden = [...room.orders().values()][0]
  })
  afterAll(() => room.close())

  const order = (document: unknown): Order => mapHandedOver(room, document)
  const plain = async () =>
    connector.readable!(hidden, await connector.reveal!(hidden, room.context)) as Record<string, unknown>

  it('comes hidden, and has its receiver in plain words once that was asked for; nothing else changes', async () => {
    const before = order(hidden)
    expect(before.phone).not.toBe(buyer.phone)
    expect(JSON.stringify(hidden)).not.toContain(buyer.detail)
    expect(order(await plain())).toEqual({
      ...before,
      order_customer_name: buyer.name,
      phone: buyer.phone,
      address: { ...before.address, detail },
    })
  })

  it('is the same event as before', async () => {
    const eventOf = (document: unknown) => {
      const found = identify(room.context.connection, document)
      return 'identity' in found ? found.identity.event : found.problems
    }
    expect(eventOf(await plain())).toBe(eventOf(hidden))
  })

  it('stays as hidden as it was where the platform told nothing', () => {
    const nothing = { name: '', phone: '', detail: '', isVirtualPhone: false }
    expect(order(connector.readable!(hidden, nothing))).toEqual(order(hidden))
  })

  it('leaves the document it was made of as it was', async () => {
    const text = JSON.stringify(hidden)
    await plain()
    expect(JSON.stringify(hidden)).toBe(text)
  })
})
