/** A draft that was saved. */
export interface DraftSaved {
  readonly workflow: string
  readonly rev: number
  /** How the person signs; empty where nobody said. */
  readonly by: string
}

/** Word of saved drafts, from the routes that save them to the sockets that tell of them. */
export interface DraftNews {
  saved(news: DraftSaved): void
  onSaved(listener: (news: DraftSaved) => void): () => void
}

export function draftNews(): DraftNews {
  const listeners = new Set<(news: DraftSaved) => void>()
  return {
    saved(news) {
      for (const listener of listeners) listener(news)
    },
    onSaved(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
