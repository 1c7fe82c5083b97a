import type { Db } from 'mongodb'
import type { RawData } from './raw-data.ts'

/** What a call of the driver works on. */
export interface StoreData {
  readonly db: Db
  /** How many events there are. */
  readonly stored: number
  /** The number of an event that is not there yet; what was made is removed behind the window. */
  fresh(): number
}

/** Typical work, done by the store and by raw LMDB. */
export interface Operation {
  readonly name: string
  /** How many documents one call handles; rates and CPU times are per document. */
  readonly each: number
  /** Calls the driver has under way at once. */
  readonly concurrency: number
  /** The call through the driver. */
  store(data: StoreData): (at: number) => Promise<unknown>
  /**
   * The least LMDB has to do for one call, on the same keys and values: the function it answers. Only that is
   * measured, not the making of keys and documents before.
   */
  raw(data: RawData): (at: number) => () => unknown
  /** Raw LMDB does as many calls at a time as the driver has under way: they share its transactions. */
  readonly rawAtOnce?: boolean
}
