import type { Intent } from '../../store/lane-doc.ts'

/**
 * What the world has told the runs of a batch. Written down before anything irrevocable is done, so that a
 * successor walks the same way; kept by run, so that a run that must look again forgets all it saw.
 */
export interface Answers {
  /** Answers what was told before, and asks for the rest in one call. */
  ask<Q extends { readonly key: string }, A>(
    requests: readonly Q[],
    answer: (open: readonly Q[]) => Promise<A[]>,
  ): Promise<A[]>
  /** An inherited answer, which is given once; undefined where there is none. */
  inherited(key: string): { readonly answer: unknown } | undefined
  forget(run: string): void
  /** Something was told since the last `list`. */
  readonly isDirty: boolean
  list(): Intent['answers']
}

export function recordAnswers(inherited: Intent['answers']): Answers {
  const told = new Map<string, Map<string, unknown>>()
  let isDirty = false
  // An inherited answer is given once: a run that asks again afterwards was sent back to look anew.
  const replay = new Map(inherited.map(({ key, answer }) => [key, answer]))

  function record(key: string, answer: unknown): void {
    const run = runOf(key)
    const ofRun = told.get(run)
    if (ofRun) ofRun.set(key, answer)
    else told.set(run, new Map([[key, answer]]))
  }

  function again(key: string): { readonly answer: unknown } | undefined {
    if (!replay.has(key)) return undefined
    const answer = replay.get(key)
    replay.delete(key)
    record(key, answer)
    return { answer }
  }

  return {
    async ask<Q extends { readonly key: string }, A>(
      requests: readonly Q[],
      answer: (open: readonly Q[]) => Promise<A[]>,
    ) {
      const open = replay.size === 0 ? requests : requests.filter(each => !replay.has(each.key))
      const fresh = open.length > 0 ? await answer(open) : []
      if (open.length > 0) isDirty = true
      let at = 0
      return requests.map(({ key }) => {
        const known = again(key)
        if (known) return known.answer as A
        const given = fresh[at++]!
        record(key, given)
        return given
      })
    },
    inherited: again,
    forget: run => void told.delete(run),
    get isDirty() {
      return isDirty
    },
    list() {
      isDirty = false
      const given = [...told.values()].flatMap(ofRun =>
        Array.from(ofRun, ([key, answer]) => ({ key, answer })),
      )
      // What was inherited for runs that are still to be walked must outlive this batch as well.
      return [...given, ...Array.from(replay, ([key, answer]) => ({ key, answer }))]
    },
  }
}

/** The run an effect key belongs to: the key without node and occurrence. */
export function runOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/', key.lastIndexOf('/') - 1))
}
