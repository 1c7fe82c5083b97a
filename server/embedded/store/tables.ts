/** Tables with a fixed number; those of collections and indexes are numbered from `FIRST_FREE_TABLE` up. */
export const TABLE = {
  /** Format version, owner, the next free table number. */
  meta: 0,
  /** One row per collection, by `database.collection`. */
  catalog: 1,
  /** How many documents a collection holds, by table number. */
  counts: 2,
  /** Tables that were dropped and still hold entries, by table number. */
  dropped: 3,
} as const

export const FIRST_FREE_TABLE = 16

/** A table number as a key. */
export function tableKey(table: number): Buffer {
  const key = Buffer.alloc(4)
  key.writeUInt32BE(table, 0)
  return key
}
