/** How long is looked at before it is said whether orders flood in. */
const WINDOW_MS = 100
/** So many times as many come as are decided. */
const FLOOD = 2

export interface CrewsAtWork {
  accepted(count: number): void
  decided(count: number): void
  /** How many crews may work at a time now, where `pending` events wait. */
  most(pending: number): number
}

interface Options {
  readonly all: number
  /** Little waits where it is less than this. */
  readonly little: number
  readonly now?: () => number
}

/**
 * How many crews work at a time. While little waits, one: what comes meanwhile makes a fuller batch, which costs less an
 * order. While far more orders come than can be decided, one, too: whoever sends them waits for the answer, and nobody
 * for the decision. What then waits is worked off by all of them when the flood is over.
 */
export function crewsAtWork({ all, little, now = () => performance.now() }: Options): CrewsAtWork {
  let came = 0
  let went = 0
  let since = now()
  let isFlood = false

  function look(): void {
    const at = now()
    if (at - since < WINDOW_MS) return
    isFlood = came >= little && came > FLOOD * went
    came = 0
    went = 0
    since = at
  }

  return {
    accepted(count) {
      came += count
    },
    decided(count) {
      went += count
    },
    most(pending) {
      look()
      return isFlood || pending < little ? 1 : all
    },
  }
}
