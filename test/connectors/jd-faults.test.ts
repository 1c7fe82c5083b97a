import { pollingFaultTable } from './support/fault-table.ts'
import { jdRoom } from './support/jd-room.ts'

pollingFaultTable('JD', { open: () => jdRoom({}, { timeoutMs: 160 }) })
