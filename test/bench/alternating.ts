import { setTimeout as sleep } from 'node:timers/promises'

const SETTLE_MS = 300

/** Something that is measured in windows, in turn with the others of its run. */
export interface Contender<T> {
  /** Processes that stand still while another contender is measured. */
  readonly pids: readonly number[]
  window(): Promise<T>
}

/**
 * Measures contenders in turn (A, B, A, B, …), so that whatever else the machine does hits them all. The processes
 * of those that wait are stopped meanwhile, so that none pays for what another one still has to do.
 * @returns the windows of each, in the order given; a first one of each is left out, as it warms up
 */
export async function alternately<T>(contenders: readonly Contender<T>[], repeats: number): Promise<T[][]> {
  const windows: T[][] = contenders.map(() => [])
  const signal = (pids: readonly number[], name: NodeJS.Signals) => {
    for (const pid of pids) process.kill(pid, name)
  }
  for (const { pids } of contenders) signal(pids, 'SIGSTOP')
  try {
    for (let repeat = 0; repeat <= repeats; repeat++)
      for (const [index, contender] of contenders.entries()) {
        signal(contender.pids, 'SIGCONT')
        await sleep(SETTLE_MS)
        const window = await contender.window()
        if (repeat > 0) windows[index]!.push(window)
        signal(contender.pids, 'SIGSTOP')
      }
  } finally {
    for (const { pids } of contenders) signal(pids, 'SIGCONT')
  }
  return windows
}
