import { Type } from 'typebox'
import { defineConnector } from '../connector.ts'

/** A supplier that receives purchase requests at the connection's url; without one they wait in a list. */
export default defineConnector({
  id: 'supplier',
  name: { zh: '供应商', en: 'Supplier' },
  kind: 'supplier',
  title: { zh: '采购申请发往供应商的地址', en: "Purchase requests go to the supplier's address" },
  settings: Type.Object({}),
})
