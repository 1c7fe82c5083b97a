import { pollingFaultTable } from './support/fault-table.ts'
import { wechatRoom } from './support/wechat-room.ts'

pollingFaultTable('WeChat', {
  // Eight calls are under way at once: a busy machine needs its time for them.
  open: () => wechatRoom({}, { timeoutMs: 500 }),
  // Two pages.
  orders: 110,
  without: { 'clock-skew': 'calls carry no time: the token alone lets us in' },
})
