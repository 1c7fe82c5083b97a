import type { EventDoc } from '../store/event-doc.ts'

/** Where an event stands in the order in which events came. */
export type Place = Pick<EventDoc, '_id' | 'receivedAt'>

/** Events in the order in which they came; those of one request share an instant. */
export const IN_ORDER = { receivedAt: 1, _id: 1 } as const

/** A filter on `events`: those that come after one in that order; all where absent. */
export const comesAfter = (last: Place | undefined) =>
  last
    ? {
        $or: [
          { receivedAt: { $gt: last.receivedAt } },
          { receivedAt: last.receivedAt, _id: { $gt: last._id } },
        ],
      }
    : {}
