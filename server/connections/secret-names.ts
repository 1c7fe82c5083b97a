import type { Connector } from '../../connectors/connector.ts'

/** The credentials of a connector that nobody may see: all but those its schema does not call secret. */
export function secretNames(connector: Connector | undefined): string[] {
  const schema = connector?.credentials as
    | { readonly properties?: Readonly<Record<string, { readonly ui?: { readonly secret?: boolean } }>> }
    | undefined
  return Object.entries(schema?.properties ?? {}).flatMap(([name, { ui }]) => (ui?.secret ? [name] : []))
}
