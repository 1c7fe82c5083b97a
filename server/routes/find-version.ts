import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { VersionDoc } from '../store/version-doc.ts'
import { IdParams } from './shapes.ts'

export const VersionNumber = Type.Integer({ minimum: 1, maximum: 1_000_000 })

export const VersionParams = Type.Object({ ...IdParams.properties, version: VersionNumber })

/** @throws errors.NotFound */
export async function findVersion(store: Store, workflow: string, version: number): Promise<VersionDoc> {
  const id = `${workflow}@${version}`
  const found = await store.versions.findById(id).lean()
  if (!found) throw new errors.NotFound('版本', id, 'version', id)
  return found
}
