import type { Cluster } from './cluster/cluster.ts'
import type { Config } from './config.ts'
import type { Connections } from './connections/connections.ts'
import type { Control } from './control/control.ts'
import type { Engine } from './engine/engine.ts'
import type { Plans } from './engine/plan.ts'
import type { SaleDesk } from './hot/sale-desk.ts'
import type { Buffer } from './intake/buffer.ts'
import type { Intake } from './intake/intake.ts'
import type { Schedule } from './schedule/schedule.ts'
import type { Store } from './store/store.ts'
import type { Places } from './world/live/places.ts'
import type { StockDesk } from './world/stock-desk.ts'

/** The parts of the running product, made once in main.ts and handed down. */
export interface Services {
  readonly config: Config
  readonly store: Store
  readonly plans: Plans
  readonly places: Places
  readonly buffer: Buffer
  readonly intake: Intake
  readonly engine: Engine
  readonly stockDesk: StockDesk
  /** Takes SKUs off sale and puts them back, at people's word. */
  readonly saleDesk: SaleDesk
  readonly control: Control
  /** Shops, suppliers, carriers and people outside. */
  readonly connections: Connections
  readonly schedule: Schedule
  /** The other processes on the same store. */
  readonly cluster: Cluster
}

/** The one workspace there is until accounts come. */
export const WORKSPACE = 'main'
