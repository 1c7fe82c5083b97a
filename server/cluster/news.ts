import type { Members } from './members.ts'

/** What the processes on one store tell one another. */
export interface News {
  /** Tells every other process; small JSON only. Lost when nobody listens: the truth is in the store. */
  tell(topic: string, message: unknown): void
  /** No other process lives: whatever is told is heard by nobody. */
  isAlone(): boolean
  /** Hears what other processes tell; a process does not hear itself. */
  on(topic: string, listener: (message: unknown) => void): () => void
  close(): Promise<void>
}

export interface NewsOptions {
  readonly members: Pick<Members, 'name' | 'others'>
  readonly log: { warn(details: object, message: string): void }
}

/** A message on its way, with whom it is from. */
export interface Told {
  readonly topic: string
  readonly message: unknown
}

/** Those who listen, by topic. */
export function listeners(log: NewsOptions['log']) {
  const byTopic = new Map<string, Set<(message: unknown) => void>>()
  return {
    on(topic: string, listener: (message: unknown) => void): () => void {
      const ofTopic = byTopic.get(topic) ?? new Set()
      byTopic.set(topic, ofTopic.add(listener))
      return () => ofTopic.delete(listener)
    },
    hear({ topic, message }: Told): void {
      for (const listener of byTopic.get(topic) ?? [])
        try {
          listener(message)
        } catch (error) {
          log.warn({ err: error, topic }, 'news of another process could not be used')
        }
    },
  }
}
