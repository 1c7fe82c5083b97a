import { deserialize } from 'bson'
import type { EventDoc } from '../../store/event-doc.ts'
import { plainBson } from '../../store/plain-bson.ts'

/** How nearly all events end: as it stands in the journal, a document can then go into the store. */
export const WRITTEN_AS = 'done'

/** The document of an event as it is kept in the journal. */
export const bsonOf = (event: EventDoc): Uint8Array => plainBson([{ ...event, state: WRITTEN_AS }])

/** The event of a document in the journal: it waits. */
export const eventIn = (bson: Uint8Array): EventDoc => ({
  ...(deserialize(bson) as EventDoc),
  state: 'pending',
})
