import type { FieldSpec } from '../../server/workflow/field.ts'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import { baseFields, orderFields } from '../../server/workflow/order-fields.ts'

/** Every field the product has words for, by path. */
export type FieldNames = ReadonlyMap<string, FieldSpec>

export function fieldNames(manifests: readonly Pick<NodeManifest, 'adds'>[]): FieldNames {
  const added = manifests.flatMap(({ adds }) => Object.values(adds).flat())
  return new Map([...added, ...baseFields, ...orderFields].map(field => [field.path, field]))
}
