import type { SimShop } from '../../../connectors/simulators/shop.ts'
import connector from '../../../connectors/wechat/connector.ts'
import { type WechatSimOptions, wechatSimulator } from '../../../connectors/wechat/simulator.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './connector-room.ts'

const UNLIMITED = 100_000

/** A room with the simulated WeChat shop, which limits nothing unless it is told to. */
export async function wechatRoom(
  simulated: WechatSimOptions = {},
  more: Partial<RoomOptions> = {},
): Promise<ConnectorRoom & { readonly shop: SimShop }> {
  const simulator = wechatSimulator({ callsPerSecond: UNLIMITED, ...simulated })
  const room = await connectorRoom({ connector, simulator, ...more })
  return Object.assign(room, { shop: simulator.shop! })
}
