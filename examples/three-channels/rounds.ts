import type { StoryOrder } from './orders.ts'

/**
 * The documents in rounds, as long as they can be: whatever refers to another one (a duplicate, the same order again)
 * comes in a later round than that, so that it is the later one although the shops are fetched side by side.
 */
export function roundsOf(documents: readonly StoryOrder[]): readonly (readonly StoryOrder[])[] {
  const rounds: StoryOrder[][] = []
  let round: StoryOrder[] = []
  let told = new Set<string>()
  for (const each of documents) {
    if (told.has(each.duplicateOf ?? each.orderKey)) {
      rounds.push(round)
      round = []
      told = new Set()
    }
    round.push(each)
    told.add(each.orderKey)
  }
  if (round.length > 0) rounds.push(round)
  return rounds
}
