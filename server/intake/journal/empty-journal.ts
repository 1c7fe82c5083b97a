import type { EventDoc } from '../../store/event-doc.ts'
import { eventIn } from './event-bson.ts'
import { holdsJournal } from './found-journal.ts'
import { openJournal } from './journal.ts'

const AT_ONCE = 500

/**
 * Brings what an earlier process left in its journal into another buffer, and removes the journal: the product now
 * runs on another store, or on Redis.
 */
export async function emptyJournal(
  folder: string,
  into: { append(events: readonly EventDoc[]): Promise<unknown> },
): Promise<void> {
  if (!holdsJournal(folder)) return
  const { journal, found } = openJournal(folder)
  try {
    for (let at = 0; at < found.length; at += AT_ONCE) {
      const some = found.slice(at, at + AT_ONCE)
      await into.append(some.map(({ place }) => eventIn(journal.read(place))))
      for (const { place } of some) journal.release(place)
    }
  } finally {
    await journal.close()
  }
}
