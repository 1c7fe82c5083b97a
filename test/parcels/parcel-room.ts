import type { Connector } from '../../connectors/connector.ts'
import kuaidi100 from '../../connectors/kuaidi100/connector.ts'
import { type Kuaidi100Simulator, kuaidi100Simulator } from '../../connectors/kuaidi100/simulator.ts'
import sf from '../../connectors/sf/connector.ts'
import { type SfSimulator, sfSimulator } from '../../connectors/sf/simulator.ts'
import { anOrder } from '../../server/nodes/example-order.ts'
import { openParcels, type Parcels } from '../../server/parcels/parcels.ts'
import type { ConnectionDoc } from '../../server/store/connection-doc.ts'
import type { OrderDoc } from '../../server/store/order-doc.ts'
import type { ParcelDoc } from '../../server/store/parcel-doc.ts'
import type { Order } from '../../server/workflow/order.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { type ConnectorRoom, connectorRoom } from '../connectors/support/connector-room.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { plainConnection } from '../support/warehouse-shop.ts'

/** Parcels on a real store and engine, with carriers simulated over real HTTP and a clock of the test's own. */
export interface ParcelRoom extends EngineRoom {
  readonly parcels: Parcels
  readonly sf: SfSimulator
  readonly kuaidi100: Kuaidi100Simulator
  now: Date
  /** How often carriers were called, with how many numbers. */
  readonly calls: { readonly connection: string; readonly numbers: number }[]
  /** Lets time pass, then looks at parcels. */
  later(hours: number): Promise<void>
  sweep(): Promise<void>
  keep(...orders: OrderDoc[]): Promise<void>
  parcel(id: string): Promise<ParcelDoc | null>
  /** Everything as at the beginning: no orders, no workflows, carriers that know nothing. */
  reset(): Promise<void>
  /** Lets other Parcels look at the same store: another process. */
  another(): Parcels
}

const HOUR_MS = 3_600_000

export async function openParcelRoom(): Promise<ParcelRoom> {
  const room = await openEngineRoom({ paused: true })
  const { store } = room
  const began = new Date('2026-10-03T02:00:00Z')
  let now = began
  const clock = () => now
  let carriers = await openCarriers(clock)
  const calls: { connection: string; numbers: number }[] = []

  function connectorOf({ _id, connector: id }: ConnectionDoc): Connector | undefined {
    const connector = id === 'sf' ? sf : id === 'kuaidi100' ? kuaidi100 : undefined
    return (
      connector && {
        ...connector,
        track(parcels, context) {
          calls.push({ connection: _id, numbers: parcels.length })
          return connector.track!(parcels, context)
        },
      }
    )
  }
  const open = () =>
    openParcels({
      store,
      plans: room.context.plans,
      intake: room.intake,
      workspace: 'main',
      log: { warn: () => {} },
      now: clock,
      desk: { connectorOf, context: async ({ _id }) => carriers.contextOf(_id) },
    })
  let parcels = open()
  const sweep = async () => {
    await parcels.sweep(new AbortController().signal)
    await room.engine.idle()
  }
  return {
    ...room,
    get parcels() {
      return parcels
    },
    calls,
    get sf() {
      return carriers.sf
    },
    get kuaidi100() {
      return carriers.kuaidi100
    },
    get now() {
      return now
    },
    set now(at) {
      now = at
    },
    async later(hours) {
      now = new Date(now.getTime() + hours * HOUR_MS)
      await sweep()
    },
    sweep,
    keep: async (...orders) => void (await store.orders.insertMany(orders)),
    parcel: async id => (await store.parcels.findById(id).lean()) as ParcelDoc | null,
    another: open,
    async reset() {
      await parcels.stop()
      parcels = open()
      await room.engine.idle()
      await carriers.close()
      now = began
      carriers = await openCarriers(clock)
      calls.length = 0
      const { orders, runs, tasks, events, cursors, workflows, versions, connections } = store
      await Promise.all(
        [orders, runs, tasks, events, cursors, workflows, versions, connections, store.parcels].map(each =>
          each.collection.deleteMany({}),
        ),
      )
      await connections.create([
        plainConnection({ _id: 'sf', name: '顺丰', connector: 'sf' }),
        plainConnection({ _id: 'kuaidi100', name: '快递100', connector: 'kuaidi100' }),
      ])
      await room.refresh()
    },
    async close() {
      await parcels.stop()
      await room.close()
      await carriers.close()
    },
  }
}

async function openCarriers(clock: () => Date) {
  // A clock that stands still refills no limit.
  const busy = { clock, perSecond: 10_000 }
  const simulated = { sf: sfSimulator(busy), kuaidi100: kuaidi100Simulator(busy) }
  const how = { now: clock, timeoutMs: 200 }
  const rooms: Readonly<Record<string, ConnectorRoom>> = {
    sf: await connectorRoom({ connector: sf, simulator: simulated.sf, ...how }),
    kuaidi100: await connectorRoom({ connector: kuaidi100, simulator: simulated.kuaidi100, ...how }),
  }
  return {
    ...simulated,
    contextOf: (connection: string) => rooms[connection.split('-')[0]!]!.context,
    close: async () => void (await Promise.all(Object.values(rooms).map(each => each.close()))),
  }
}

let count = 0

/** An order that went out in a parcel of SF. */
export function aShippedOrder(over: Partial<Order> = {}, how: Partial<OrderDoc> = {}): OrderDoc {
  const id = `P${++count}`
  const at = new Date('2026-10-03T02:00:00Z')
  return {
    _id: `tb:${id}`,
    workspace: 'main',
    order: anOrder({ orderId: id, status: 'shipped', carrier: 'sf', waybill: 'SF0000000000001', ...over }),
    status: 'shipped',
    outcome: 'ship',
    firstEvent: `tb:${id}#1`,
    event: `tb:${id}#1`,
    seq: 1,
    run: `tb:${id}#1/orders@1`,
    createdAt: at,
    updatedAt: at,
    ...how,
  }
}

/** A parcel's trigger → a task → the end. */
export const watcher = (type: string, params: Record<string, unknown>): WorkflowGraph => ({
  nodes: [
    { id: 'parcel', type, params },
    {
      id: 'task',
      type: 'task.create',
      params: {
        topic: 'parcel',
        title: '{parcel.state} {order.orderId}',
        detail: '{parcel.carrierName} {parcel.waybill} {parcel.text} {parcel.hoursStill}',
      },
    },
    { id: 'end', type: 'flow.end', params: { outcome: 'watched', orderStatus: 'watched' } },
  ],
  edges: [
    { from: 'parcel', port: type === 'parcel.moved' ? 'moved' : 'stalled', to: 'task' },
    { from: 'task', port: 'created', to: 'end' },
  ],
})
