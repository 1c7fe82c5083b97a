import { Type } from 'typebox'
import { defineConnector } from '../connector.ts'

/** A shop or system that pushes its orders to POST /api/intake/:connection. */
export default defineConnector({
  id: 'intake',
  name: { zh: '推送接入', en: 'Push' },
  kind: 'orders',
  title: { zh: '对方把订单推送给我们', en: 'The other side pushes its orders to us' },
  settings: Type.Object({}),
})
