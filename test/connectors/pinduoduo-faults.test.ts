import { pollingFaultTable } from './support/fault-table.ts'
import { pinduoduoRoom } from './support/pinduoduo-room.ts'

const HALF_AN_HOUR_IN_DAYS = 0.0208

pollingFaultTable('Pinduoduo', {
  open: () => pinduoduoRoom({}, { timeoutMs: 160, settings: { firstDays: HALF_AN_HOUR_IN_DAYS } }),
})
