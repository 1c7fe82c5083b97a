import type { EventDoc } from '../store/event-doc.ts'

/** Documents of events this process accepted itself: as long as the event is remembered it need not be parsed again. */
const parsed = new WeakMap<EventDoc, unknown>()

/** @param document what `event.body` says; nobody may change it */
export function rememberParsed(event: EventDoc, document: unknown): void {
  parsed.set(event, document)
}

/** What an event's body says. */
export function parsedBody(event: EventDoc): unknown {
  return parsed.get(event) ?? JSON.parse(event.body)
}
