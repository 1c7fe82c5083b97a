import pinduoduo from '../../../connectors/pinduoduo/connector.ts'
import {
  type PinduoduoSimulatorOptions,
  pinduoduoSimulator,
} from '../../../connectors/pinduoduo/simulator.ts'
import { authorise } from './authorise.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './connector-room.ts'

const AN_HOUR_IN_DAYS = 0.042

/** A room with the simulated Pinduoduo, authorised, whose first poll reads an hour. */
export async function pinduoduoRoom(
  simulated: PinduoduoSimulatorOptions = {},
  more: Partial<RoomOptions> = {},
): Promise<ConnectorRoom> {
  const room = await connectorRoom({
    connector: pinduoduo,
    simulator: pinduoduoSimulator(simulated),
    ...more,
    settings: { firstDays: AN_HOUR_IN_DAYS, ...more.settings },
  })
  await authorise(room)
  return room
}
