/** Lets so many through at a time, in the order in which they came. */
export interface Gate {
  enter(): Promise<void>
  leave(): void
}

/** @param most how many may be inside now */
export function gate(most: () => number): Gate {
  let inside = 0
  const waiting: (() => void)[] = []

  function admit(): void {
    while (waiting.length > 0 && inside < most()) {
      inside++
      waiting.shift()!()
    }
  }

  return {
    enter: () =>
      new Promise(resolve => {
        waiting.push(resolve)
        admit()
      }),
    leave() {
      inside--
      admit()
    },
  }
}
