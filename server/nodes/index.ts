import { dataMap } from './data-map.ts'
import { dataSet } from './data-set.ts'
import { dataValidate } from './data-validate.ts'
import { flowEnd } from './flow-end.ts'
import { logicCondition } from './logic-condition.ts'
import { logicDecisionTable } from './logic-decision-table.ts'
import { logicSwitch } from './logic-switch.ts'
import type { NodeType } from './node-type.ts'
import { notifyWebhook } from './notify-webhook.ts'
import { orderDedup } from './order-dedup.ts'
import { orderReceived } from './order-received.ts'
import { purchaseCreate } from './purchase-create.ts'
import { stockFreeze } from './stock-freeze.ts'
import { stockLookup } from './stock-lookup.ts'
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
  purchaseCreate,
  taskCreate,
  notifyWebhook,
  timeWait,
  flowEnd,
]

export const nodeTypesByType: ReadonlyMap<string, NodeType> = new Map(
  nodeTypes.map(each => [each.type, each]),
)
