import type { Store } from './store.ts'

/**
 * A filter that every run passes. It names every outcome there is, which the index of outcomes and time answers with
 * a few steps; a store then merges the runs of each by time (MongoDB up to 200 outcomes). So that index serves where
 * one of time alone would, and each run has an entry less.
 */
export async function inAllOutcomes(store: Pick<Store, 'runs'>): Promise<{ outcome: { $in: string[] } }> {
  return { outcome: { $in: await store.runs.distinct('outcome') } }
}
