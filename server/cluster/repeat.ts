/**
 * Does something again and again with a pause in between, one at a time. Of failures in a row only the first is
 * told: while the store is away nothing is learnt from the others.
 * @returns stops it, once what is under way is over
 */
export function repeat(
  pauseMs: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let stopping = false
  let isFailing = false
  let timer: NodeJS.Timeout | undefined
  let turn = Promise.resolve()

  async function once(): Promise<void> {
    try {
      await work()
      isFailing = false
    } catch (error) {
      if (!isFailing && !stopping) failed(error)
      isFailing = true
    }
    schedule()
  }

  function schedule(): void {
    if (stopping) return
    timer = setTimeout(() => {
      turn = once()
    }, pauseMs)
    timer.unref()
  }

  schedule()
  return async () => {
    stopping = true
    clearTimeout(timer)
    await turn
  }
}
