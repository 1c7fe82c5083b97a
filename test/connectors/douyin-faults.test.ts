import connector from '../../connectors/douyin/connector.ts'
import { douyinSimulator } from '../../connectors/douyin/simulator.ts'
import { connectorRoom } from './support/connector-room.ts'
import { pollingFaultTable } from './support/fault-table.ts'

pollingFaultTable('Douyin', {
  // Two pages.
  orders: 110,
  open: () =>
    connectorRoom({ connector, simulator: douyinSimulator({ callsPerSecond: 10_000 }), timeoutMs: 150 }),
})
