import type { EventDoc } from '../../store/event-doc.ts'

/** A stream's entry as Redis answers it: its id, then names and values in turn. */
export type Entry = readonly [id: string, fields: readonly string[]]

/**
 * What an event is in its stream: everything but the body as JSON, and the body as it came. The lane is the stream
 * itself, and what had been begun for it stays in the store.
 */
export function entryOf(event: EventDoc): [event: string, body: string] {
  const { body, receivedAt, lane: _lane, state: _state, error: _error, begun: _begun, ...rest } = event
  return [JSON.stringify({ ...rest, receivedAt: receivedAt.getTime() }), body]
}

/** @returns null for an entry that is none of ours */
export function eventOf(lane: number, [, fields]: Entry): EventDoc | null {
  const [first, event, second, body] = fields
  if (first !== 'event' || second !== 'body' || event === undefined || body === undefined) return null
  try {
    const read = JSON.parse(event) as Omit<EventDoc, 'receivedAt'> & { receivedAt: number }
    if (typeof read._id !== 'string') return null
    return { ...read, lane, state: 'pending', body, receivedAt: new Date(read.receivedAt) }
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
