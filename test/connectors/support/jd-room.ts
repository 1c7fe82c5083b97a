import jd from '../../../connectors/jd/connector.ts'
import { type JdSimulatorOptions, jdSimulator } from '../../../connectors/jd/simulator.ts'
import { authorise } from './authorise.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './connector-room.ts'

const AN_HOUR_IN_DAYS = 0.042

/** A room with the simulated JD, authorised, whose first poll reads an hour. */
export async function jdRoom(
  simulated: JdSimulatorOptions = {},
  more: Partial<RoomOptions> = {},
): Promise<ConnectorRoom> {
  const room = await connectorRoom({
    connector: jd,
    simulator: jdSimulator({ perSecond: 100_000, ...simulated }),
    ...more,
    settings: { firstDays: AN_HOUR_IN_DAYS, ...more.settings },
  })
  await authorise(room)
  return room
}
