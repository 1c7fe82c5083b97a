import type { SchemaPart } from '../../../server/workflow/param-parts.ts'
import type { Connection, Connector } from '../../api/connection-contract.ts'
import { propertiesOf } from '../../forms/schema.ts'

/** The steps of setting a connection up, in their order. */
export const STEPS = ['prepare', 'keys', 'verify', 'start'] as const

export type Step = (typeof STEPS)[number]

export function isStep(value: string | null): value is Step {
  return STEPS.some(step => step === value)
}

/** Whether it is there for orders to come in by; a kind nobody knows any more is taken for a shop. */
export function bringsOrders(connector: Pick<Connector, 'kind'> | undefined): boolean {
  return connector === undefined || connector.kind === 'shop' || connector.kind === 'orders'
}

/** Whether documents come in by it that are read as orders: also what any other system pushes to a webhook. */
export function takesOrders(connector: Pick<Connector, 'kind' | 'pushes'> | undefined): boolean {
  return bringsOrders(connector) || (connector?.kind === 'people' && connector.pushes)
}

/** The plain supplier: what it is sent goes to the connection's own address. */
export function takesAddress(connector: Pick<Connector, 'id'> | undefined): boolean {
  return connector?.id === 'supplier'
}

/** Whether a schema asks for anything. */
export function hasFields(schema: SchemaPart | undefined): boolean {
  return schema !== undefined && propertiesOf(schema).length > 0
}

/** Whether it cannot work without credentials; some may have them and need none. */
export function needsCredentials({ credentials }: Pick<Connector, 'credentials'>): boolean {
  return credentials !== undefined && propertiesOf(credentials).some(({ isRequired }) => isRequired)
}

/** The steps a kind of connection takes. One that works already is only changed: its keys and their proof. */
export function stepsOf(connector: Connector, connection?: Pick<Connection, 'enabled'>): readonly Step[] {
  const asks = hasFields(connector.credentials) || hasFields(connector.settings)
  const proves = connector.tests || connector.authorizes
  const isRunning = connection?.enabled === true
  const takes: Readonly<Record<Step, boolean>> = {
    prepare: !isRunning,
    keys: asks,
    verify: proves,
    start: !isRunning,
  }
  return STEPS.filter(step => takes[step])
}
