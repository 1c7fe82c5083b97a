import type { BatchContext } from '../../server/engine/batch.ts'
import { createEngine, type Engine } from '../../server/engine/engine.ts'
import { openPlans } from '../../server/engine/plans.ts'
import { type Intake, openIntake } from '../../server/intake/intake.ts'
import { mongoBuffer } from '../../server/intake/mongo-buffer.ts'
import type { ConnectionDoc } from '../../server/store/connection-doc.ts'
import type { Store } from '../../server/store/store.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { readPlaces } from '../../server/world/live/places.ts'
import { type StockDesk, stockDesk } from '../../server/world/stock-desk.ts'
import { freshStore } from './embedded.ts'
import { plainConnection, warehouses, warehouseWorkflow } from './warehouse-shop.ts'

/** The engine on a real store in a fresh database, without HTTP. */
export interface EngineRoom {
  readonly store: Store
  readonly engine: Engine
  readonly intake: Intake
  readonly desk: StockDesk
  readonly connection: ConnectionDoc
  /** What a batch is worked with, for tests that play the worker. */
  readonly context: BatchContext
  publish(id: string, graph: WorkflowGraph): Promise<void>
  /** Reads workflows and places again, as happens by itself every few seconds. */
  refresh(): Promise<void>
  /** Accepts documents and waits until all are decided. */
  decide(documents: readonly unknown[]): Promise<void>
  close(): Promise<void>
}

export interface EngineRoomOptions {
  readonly graph?: WorkflowGraph
  /** warehouse → SKU → units */
  readonly stock?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly connection?: Partial<ConnectionDoc>
  /** No workflow is published. */
  readonly paused?: boolean
}

export async function openEngineRoom(options: EngineRoomOptions = {}): Promise<EngineRoom> {
  const store = await freshStore()
  const connection = plainConnection(options.connection)
  await store.connections.create([
    connection,
    plainConnection({ _id: 'supplier', name: '供应商', connector: 'supplier' }),
  ])
  await store.warehouses.create(warehouses)
  const plans = openPlans(store, 'main')
  const places = readPlaces(store, 'main')
  const log = { error: (details: object) => console.error(details), warn: () => {} }
  const buffer = mongoBuffer(store)
  const intake: Intake = await openIntake(store, buffer, {
    maxBacklog: 1_000_000,
    wake: lanes => engine.wake(lanes),
  })
  const engine = createEngine({ store, buffer, plans, places, workspace: 'main', log, intake })
  const desk = stockDesk(store, 'main')
  for (const [warehouse, skus] of Object.entries(options.stock ?? {}))
    await desk.move({
      id: `initial-${warehouse}`,
      kind: 'received',
      lines: Object.entries(skus).map(([sku, quantity]) => ({ warehouse, sku, quantity })),
      reason: '期初',
    })
  async function publish(id: string, graph: WorkflowGraph): Promise<void> {
    const known = await store.workflows.findById(id).lean()
    const version = (known?.published ?? 0) + 1
    const now = new Date()
    await store.versions.create({
      _id: `${id}@${version}`,
      workspace: 'main',
      workflow: id,
      version,
      graph,
      note: '',
      publishedAt: now,
    })
    await store.workflows.updateOne(
      { _id: id },
      {
        $set: {
          workspace: 'main',
          name: id,
          draft: graph,
          draftRev: version,
          draftUpdatedAt: now,
          published: version,
          paused: false,
          createdAt: now,
        },
      },
      { upsert: true },
    )
    await plans.refresh()
  }
  if (!options.paused) await publish('warehouse', options.graph ?? warehouseWorkflow)
  await engine.start()
  return {
    store,
    engine,
    intake,
    desk,
    connection,
    context: { store, buffer, plans, places, workspace: 'main' },
    publish,
    async refresh() {
      await Promise.all([plans.refresh(), places.refresh()])
    },
    async decide(documents) {
      await intake.accept(connection, documents)
      await engine.idle()
    },
    async close() {
      await engine.stop()
      await intake.close()
      await store.close()
    },
  }
}
