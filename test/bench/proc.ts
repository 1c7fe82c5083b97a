import { readFileSync } from 'node:fs'

const TICK_MS = 10

/** CPU time a process and its threads have used so far, in milliseconds. Linux only. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The second field is the command in brackets, which may itself hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** Resident memory in MB: all of it, what is the process's own, and pages of files it has mapped. */
export interface Memory {
  readonly rss: number
  readonly anon: number
  readonly file: number
}

/** Linux only. */
export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  const megabytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1_024
  return { rss: megabytes('VmRSS'), anon: megabytes('RssAnon'), file: megabytes('RssFile') }
}
