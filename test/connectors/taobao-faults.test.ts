import { pollingFaultTable } from './support/fault-table.ts'
import { taobaoRoom } from './support/taobao-room.ts'

pollingFaultTable('Taobao', { open: () => taobaoRoom({}, { timeoutMs: 150 }) })
