import mongoose, { type Connection, type Model, type Schema } from 'mongoose'
import type { Line } from '../embedded/line.ts'
import { type CaseDoc, caseSchema } from './case-doc.ts'
import { endWaitsOfClosedSockets } from './closed-sockets.ts'
import { type ConnectionDoc, connectionSchema } from './connection-doc.ts'
import { type CursorDoc, cursorSchema } from './cursor-doc.ts'
import { ensureIndexes } from './ensure-indexes.ts'
import { type EventDoc, eventSchema } from './event-doc.ts'
import { type FreezeDoc, freezeSchema } from './freeze-doc.ts'
import { type LaneDoc, laneSchema } from './lane-doc.ts'
import { prepareLanes } from './lane-lease.ts'
import { noteLine } from './line-of.ts'
import { type ListingDoc, listingSchema } from './listing-doc.ts'
import { type MovementDoc, movementSchema } from './movement-doc.ts'
import { type OrderDoc, orderSchema } from './order-doc.ts'
import { type OutboxDoc, outboxSchema } from './outbox-doc.ts'
import { type ParcelDoc, parcelSchema } from './parcel-doc.ts'
import { type PurchaseDoc, purchaseSchema } from './purchase-doc.ts'
import { type QuarantineDoc, quarantineSchema } from './quarantine-doc.ts'
import { type RestockDoc, restockSchema } from './restock-doc.ts'
import { type RunDoc, runSchema } from './run-doc.ts'
import { type SecretDoc, secretSchema } from './secret-doc.ts'
import { type SettingsDoc, settingsSchema } from './settings-doc.ts'
import { type SightingDoc, sightingSchema } from './sighting-doc.ts'
import { type SpikeDoc, spikeSchema } from './spike-doc.ts'
import { type StockDoc, stockSchema } from './stock-doc.ts'
import { type TaskDoc, taskSchema } from './task-doc.ts'
import { type TimerDoc, timerSchema } from './timer-doc.ts'
import { type TransferDoc, transferSchema } from './transfer-doc.ts'
import { type VelocityDoc, velocitySchema } from './velocity-doc.ts'
import { type VersionDoc, versionSchema } from './version-doc.ts'
import { type WantedDoc, wantedSchema } from './wanted-doc.ts'
import { type WarehouseDoc, warehouseSchema } from './warehouse-doc.ts'
import { type WorkflowDoc, workflowSchema } from './workflow-doc.ts'

/** Every collection of the product as a mongoose model on one connection. */
export interface Store {
  readonly connection: Connection
  readonly workflows: Model<WorkflowDoc>
  readonly versions: Model<VersionDoc>
  readonly cases: Model<CaseDoc>
  readonly connections: Model<ConnectionDoc>
  readonly secrets: Model<SecretDoc>
  readonly cursors: Model<CursorDoc>
  readonly wanted: Model<WantedDoc>
  readonly listings: Model<ListingDoc>
  readonly events: Model<EventDoc>
  readonly runs: Model<RunDoc>
  readonly orders: Model<OrderDoc>
  readonly warehouses: Model<WarehouseDoc>
  readonly stock: Model<StockDoc>
  readonly movements: Model<MovementDoc>
  readonly sightings: Model<SightingDoc>
  readonly lanes: Model<LaneDoc>
  readonly transfers: Model<TransferDoc>
  readonly purchases: Model<PurchaseDoc>
  readonly restocks: Model<RestockDoc>
  readonly tasks: Model<TaskDoc>
  readonly outbox: Model<OutboxDoc>
  readonly parcels: Model<ParcelDoc>
  readonly timers: Model<TimerDoc>
  readonly quarantine: Model<QuarantineDoc>
  readonly settings: Model<SettingsDoc>
  readonly freezes: Model<FreezeDoc>
  readonly velocity: Model<VelocityDoc>
  readonly spikes: Model<SpikeDoc>
  close(): Promise<void>
}

/** `connection.model` without its generics: working them out costs the type checker four seconds. */
interface ModelCompiler {
  model(name: string, schema: Schema): unknown
}

/**
 * Connects to MongoDB (or the embedded store, which speaks the same protocol) and makes sure of every index and lane.
 * @param line the direct way, where it is the embedded store of this process
 * @throws when the server cannot be reached within 10 seconds
 */
export async function openStore(uri: string, line?: Line): Promise<Store> {
  endWaitsOfClosedSockets()
  const connection = mongoose.createConnection(uri, {
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: 10_000,
    maxPoolSize: 16,
  })
  await connection.asPromise()
  if (line) noteLine(connection, line)
  const compiler = connection as unknown as ModelCompiler
  const model = <T>(name: string, schema: Schema) => compiler.model(name, schema) as Model<T>
  const store: Store = {
    connection,
    workflows: model<WorkflowDoc>('Workflow', workflowSchema),
    versions: model<VersionDoc>('Version', versionSchema),
    cases: model<CaseDoc>('Case', caseSchema),
    connections: model<ConnectionDoc>('Connection', connectionSchema),
    secrets: model<SecretDoc>('Secret', secretSchema),
    cursors: model<CursorDoc>('Cursor', cursorSchema),
    wanted: model<WantedDoc>('Wanted', wantedSchema),
    listings: model<ListingDoc>('Listing', listingSchema),
    events: model<EventDoc>('Event', eventSchema),
    runs: model<RunDoc>('Run', runSchema),
    orders: model<OrderDoc>('Order', orderSchema),
    warehouses: model<WarehouseDoc>('Warehouse', warehouseSchema),
    stock: model<StockDoc>('Stock', stockSchema),
    movements: model<MovementDoc>('Movement', movementSchema),
    sightings: model<SightingDoc>('Sighting', sightingSchema),
    lanes: model<LaneDoc>('Lane', laneSchema),
    transfers: model<TransferDoc>('Transfer', transferSchema),
    purchases: model<PurchaseDoc>('Purchase', purchaseSchema),
    restocks: model<RestockDoc>('Restock', restockSchema),
    tasks: model<TaskDoc>('Task', taskSchema),
    outbox: model<OutboxDoc>('Outbox', outboxSchema),
    parcels: model<ParcelDoc>('Parcel', parcelSchema),
    timers: model<TimerDoc>('Timer', timerSchema),
    quarantine: model<QuarantineDoc>('Quarantine', quarantineSchema),
    settings: model<SettingsDoc>('Settings', settingsSchema),
    freezes: model<FreezeDoc>('Freeze', freezeSchema),
    velocity: model<VelocityDoc>('Velocity', velocitySchema),
    spikes: model<SpikeDoc>('Spike', spikeSchema),
    close: () => connection.close(),
  }
  for (const each of Object.values(connection.models)) await ensureIndexes(each)
  await prepareLanes(store)
  return store
}
