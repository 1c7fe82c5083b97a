import { dataMap } from './data-map.ts'
import { dataSet } from './data-set.ts'
import { dataValidate } from './data-validate.ts'
import { flowEnd } from './flow-end.ts'
import { logicCondition } from './logic-condition.ts'
import { logicDecisionTable } from './logic-decision-table.ts'
import { logicSwitch } from './logic-switch.ts'
import type { NodeType } from './node-type.ts'
import { notifyPeople } from './notify-people.ts'
import { notifyWebhook } from './notify-webhook.ts'
import { orderDedup } from './order-dedup.ts'
import { orderReceived } from './order-received.ts'
import { orderShip } from './order-ship.ts'
import { parcelFetchBack } from './parcel-fetch-back.ts'
import { parcelMoved } from './parcel-moved.ts'
import { parcelStalled } from './parcel-stalled.ts'
import { purchaseCreate } from './purchase-create.ts'
import { stockFreeze } from './stock-freeze.ts'
import { stockLookup } from './stock-lookup.ts'
import { stockPublish } from './stock-publish.ts'
import { stockReserve } from './stock-reserve.ts'
import { stockRestock } from './stock-restock.ts'
import { stockTransfer } from './stock-transfer.ts'
import { stockUnfreeze } from './stock-unfreeze.ts'
import { stockVelocity } from './stock-velocity.ts'
import { taskCreate } from './task-create.ts'
import { timeWait } from './time-wait.ts'

/** Every node type there is, in the order of the palette. A new one is a file and a line here. */
export const nodeTypes: readonly NodeType[] = [
  orderReceived,
  stockVelocity,
  parcelMoved,
  parcelStalled,
  dataMap,
  dataValidate,
  dataSet,
  orderDedup,
  logicCondition,
  logicSwitch,
  logicDecisionTable,
  stockLookup,
  stockReserve,
  stockTransfer,
  stockRestock,
  stockFreeze,
  stockUnfreeze,
  stockPublish,
  purchaseCreate,
  orderShip,
  parcelFetchBack,
  taskCreate,
  notifyPeople,
  notifyWebhook,
  timeWait,
  flowEnd,
]

export const nodeTypesByType: ReadonlyMap<string, NodeType> = new Map(
  nodeTypes.map(each => [each.type, each]),
)
