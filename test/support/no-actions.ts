import type { ActionPerformer } from '../../server/world/live/outbox-sender.ts'

const unexpected = async () => {
  throw new Error('No call of this test is a connector’s to make.')
}

/** For outboxes all of whose calls go to plain addresses. */
export const noActions: ActionPerformer = { perform: unexpected, ask: unexpected, isRepeatable: unexpected }
