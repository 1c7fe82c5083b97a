import taobao from '../../../connectors/taobao/connector.ts'
import { type TaobaoSimulatorOptions, taobaoSimulator } from '../../../connectors/taobao/simulator.ts'
import { authorise } from './authorise.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './connector-room.ts'

const HALF_AN_HOUR_IN_DAYS = 0.0208

/** A room with the simulated Taobao, authorised, whose first poll reads half an hour. */
export async function taobaoRoom(
  simulated: TaobaoSimulatorOptions = {},
  more: Partial<RoomOptions> = {},
): Promise<ConnectorRoom> {
  const room = await connectorRoom({
    connector: taobao,
    simulator: taobaoSimulator({ perSecond: 100_000, ...simulated }),
    timeoutMs: 1_000,
    ...more,
    settings: { firstDays: HALF_AN_HOUR_IN_DAYS, ...more.settings },
  })
  await authorise(room)
  return room
}

export const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000)
