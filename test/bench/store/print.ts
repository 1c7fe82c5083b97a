import { rate, share } from '../figures.ts'
import type { Memory } from '../proc.ts'
import type { Side } from './measured.ts'

/** What was found of one operation at one size: medians. */
export interface Row {
  readonly name: string
  readonly stored: number
  readonly store: Side
  readonly raw: Side
  /** The store of another checkout. */
  readonly beside: Side | undefined
  /** Of the store's process, after its windows. */
  readonly memory: Memory
}

/** One line: documents a second and the CPU time of each, the store's beside raw LMDB's. */
export function printRow({ name, stored, store, raw, beside, memory }: Row): void {
  console.log(
    name.padEnd(38),
    count(stored).padStart(9),
    `${rate(store.perSecond)} of ${rate(raw.perSecond)}`.padStart(26),
    `(${share(store.perSecond, raw.perSecond)})`.padStart(7),
    `${store.cpuUs.toFixed(2)} µs : ${raw.cpuUs.toFixed(2)} µs CPU`.padStart(27),
    `(${(store.cpuUs / raw.cpuUs).toFixed(1)} ×)`.padStart(9),
    beside ? `beside ${rate(beside.perSecond)} ${beside.cpuUs.toFixed(2)} µs`.padStart(30) : '',
    `anon ${Math.round(memory.anon)} MB`,
  )
}

/** What a document costs at each size against the smallest, and the memory at each. */
export function printSeries(rows: readonly Row[]): void {
  const sizes = [...new Set(rows.map(row => row.stored))]
  if (sizes.length < 2) return
  console.log(`\nCPU time per document at ${sizes.map(count).join(' : ')} stored; raw LMDB's in brackets`)
  for (const name of new Set(rows.map(row => row.name))) {
    const own = rows.filter(row => row.name === name)
    const against = (side: 'store' | 'raw') =>
      own.map(row => (row[side].cpuUs / own[0]![side].cpuUs).toFixed(2)).join(' : ')
    console.log(name.padEnd(38), against('store'), `(${against('raw')})`)
  }
  const last = sizes.map(size => rows.findLast(row => row.stored === size)!.memory.anon)
  console.log(
    'memory of the process itself at the end'.padEnd(38),
    `${last.map(mb => Math.round(mb)).join(' : ')} MB`,
  )
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
