import type { Connector } from '../../connectors/connector.ts'
import { type Ways, waysOut } from '../../connectors/kit/http.ts'
import type { ParcelReport } from '../../connectors/kit/parcel.ts'
import type { Config } from '../config.ts'
import type { Intake } from '../intake/intake.ts'
import type { Store } from '../store/store.ts'
import type { ActionPerformer } from '../world/live/outbox-sender.ts'
import { type Authorizer, authorizer } from './authorize.ts'
import { type ConnectorDesk, connectorDesk } from './connector-desk.ts'
import { actionPerformer } from './perform-action.ts'
import { openSecrets, type Secrets } from './secrets.ts'
import { openVault } from './vault.ts'
import { type WantedDesk, wantedDesk } from './wanted.ts'

/** Everything that speaks to outside systems by way of connectors. */
export interface Connections {
  readonly desk: ConnectorDesk
  readonly secrets: Secrets
  readonly wanted: WantedDesk
  readonly authorizer: Authorizer
  readonly actions: ActionPerformer
  /** Keeps what carriers say; durable when it resolves. */
  readonly recordParcels: (reports: readonly ParcelReport[]) => Promise<void>
  close(): Promise<void>
}

export interface ConnectionsDeps {
  readonly store: Store
  readonly intake: Intake
  readonly connectors: ReadonlyMap<string, Connector>
  readonly config: Config
  readonly workspace: string
  readonly recordParcels: (reports: readonly ParcelReport[]) => Promise<void>
  readonly log: { warn(details: object, message: string): void }
}

export function openConnections(deps: ConnectionsDeps): Connections {
  const { store, config, workspace, log, recordParcels } = deps
  const ways: Ways = waysOut(config.outgoingAllow)
  const secrets = openSecrets(store, openVault(config.dataDir, config.secretKey), workspace)
  const desk = connectorDesk({ ...deps, secrets, ways })
  const wanted = wantedDesk({ store, desk, log })
  const stopping = new AbortController()
  return {
    desk,
    secrets,
    wanted,
    authorizer: authorizer({ store, desk, secrets }),
    actions: actionPerformer(store, desk, stopping.signal),
    recordParcels,
    async close() {
      stopping.abort()
      await wanted.stop()
      await ways.close()
    },
  }
}
