/**
 * Names of the indexes that earlier versions of the product made and this one does without, by collection: each
 * costs a write for every order. They are dropped where they still are, so what somebody adds needs another name.
 */
export const RETIRED_INDEXES: Readonly<Record<string, readonly string[]>> = {
  runs: ['order_1', 'finishedAt_-1'],
  sightings: ['expireAt_1'],
}
