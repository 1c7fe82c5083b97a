import type { EventDoc } from '../store/event-doc.ts'
import type { Stages, Written } from '../store/write-in-order.ts'

/**
 * Where accepted events wait, durably, until the engine has worked them off. Whichever buffer is used, every
 * settled event ends up in the store's `events`, where views, tests of drafts and retries read it.
 */
export interface Buffer {
  /**
   * Appends events; they are durable when it resolves.
   * @returns per event whether it was known already; then nothing was added for it
   */
  append(events: readonly EventDoc[]): Promise<readonly boolean[]>
  /**
   * The next pending events of these lanes in the order of acceptance, at most `limit` of each lane. They stay
   * pending until they are settled; asked again, they come again. Only the holder of a lane's lease asks.
   */
  next(lanes: readonly number[], limit: number): Promise<EventDoc[]>
  /**
   * Those of `ids` that are still pending in the lane: what a predecessor had begun.
   * @param at when it was begun
   * @throws NotYetKnownError where a predecessor that lives has not said yet what became of them
   */
  begun(lane: number, ids: readonly string[], at: Date): Promise<EventDoc[]>
  /**
   * Does the writes that everything a batch leaves behind is committed with, and then notes that its events are worked
   * off. Repeating it is harmless.
   * @returns the results of the writes; fewer than there are where one ended them, and then nothing is worked off
   */
  settle(worked: readonly Worked[], commit?: Stages): Promise<readonly Written[]>
  /**
   * Takes an event out of the way that fails again and again.
   * @param begun what had been begun for it, packed (see store/intent.ts): it goes on from there when it is sent again
   */
  setAside(event: EventDoc, error: string, begun: Uint8Array | undefined): Promise<void>
  /** Sends an event on its way again that is unclaimed or was set aside. @returns its lane; null when it is neither */
  requeue(id: string): Promise<number | null>
  /** Another process appended to these lanes. */
  heard(lanes: readonly number[]): void
  /** This process works the lane from now on. What was only remembered of it before is dropped. */
  hold(lane: number): void
  /** It no longer does: what comes is for whoever does. */
  leave(lane: number): void
  /** How many events wait, counted exactly: at 500,000 that takes tens of milliseconds. */
  count(): Promise<number>
  /** When the event came that waits longest; null when none waits. */
  oldestAt(): Promise<Date | null>
  /** What people should know of it: how it is set up, whether it is away, what it lost. */
  warnings(): readonly BufferWarning[]
  close(): Promise<void>
}

/** What another process knows is on its way; to be asked again. */
export class NotYetKnownError extends Error {
  override readonly name = 'NotYetKnownError'
}

/** Events of a batch that came to the same end. */
export interface Worked {
  readonly events: readonly EventDoc[]
  readonly state: 'done' | 'unclaimed'
}

export interface BufferWarning {
  readonly code: string
  readonly message: string
  readonly messageEn: string
}
