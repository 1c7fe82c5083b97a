import type { Connector } from './connector.ts'
import folder from './folder/connector.ts'
import intake from './intake/connector.ts'
import supplier from './supplier/connector.ts'

/** Every connector of the product. A new one is a folder and a line here. */
export const connectors: ReadonlyMap<string, Connector> = new Map(
  [intake, folder, supplier].map(connector => [connector.id, connector]),
)
