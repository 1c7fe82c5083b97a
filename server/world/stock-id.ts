/**
 * Id of what a warehouse has of a SKU. Workspace and warehouse ids hold no `/`, so a SKU may hold any
 * character and two stocks never share an id.
 */
export function stockId(workspace: string, warehouse: string, sku: string): string {
  return `${workspace}/${warehouse}/${sku}`
}
