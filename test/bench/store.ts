/**
 * The embedded store beside raw LMDB, at several sizes: `node --import tsx test/bench/store.ts
 * [--sizes 10000,100000,1000000] [--only <part of a name>] [--seconds 1] [--repeats 3] [--folder <kept>]
 * [--beside <another checkout>]`. What raw LMDB does for each line is said in `store/reads.ts` and `store/writes.ts`;
 * all are measured in turn. Filling a million takes minutes; with `--folder` it is done once. Linux only.
 */
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { alternately } from './alternating.ts'
import { median } from './load.ts'
import { fillStore, type Measured, type Side, startRaw, startStore } from './store/measured.ts'
import type { Operation } from './store/operation.ts'
import { printRow, printSeries, type Row } from './store/print.ts'
import { READS } from './store/reads.ts'
import { WRITES } from './store/writes.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    only: { type: 'string', default: '' },
    seconds: { type: 'string', default: '1' },
    repeats: { type: 'string', default: '3' },
    folder: { type: 'string' },
    beside: { type: 'string' },
  },
})
const here = fileURLToPath(new URL('../..', import.meta.url))
const folder = values.folder ? resolve(values.folder) : await mkdtemp(join(tmpdir(), 'store-bench-'))
const operations = [...WRITES, ...READS].filter(({ name }) => name.includes(values.only))

interface Contenders {
  stored: number
  store: Measured
  raw: Measured
  beside: Measured | undefined
}

async function filled(stored: number): Promise<string> {
  const own = join(folder, String(stored))
  const mark = join(own, 'filled')
  if (existsSync(mark)) return own
  await rm(own, { recursive: true, force: true })
  await mkdir(own, { recursive: true })
  const began = performance.now()
  const store = await startStore(join(own, 'store'), stored, here)
  await fillStore(store.db, stored)
  await store.stop()
  const raw = await startRaw(join(own, 'raw'), stored)
  await raw.fill()
  await raw.stop()
  await writeFile(mark, '')
  console.log(
    `${stored.toLocaleString('en-US')} filled in ${Math.round((performance.now() - began) / 1000)} s`,
  )
  return own
}

async function contenders(stored: number): Promise<Contenders> {
  const own = await filled(stored)
  const copy = join(own, 'beside')
  const isFile = (path: string) => !path.endsWith('.sock')
  if (values.beside && !existsSync(copy))
    await cp(join(own, 'store'), copy, { recursive: true, filter: isFile })
  return {
    stored,
    store: await startStore(join(own, 'store'), stored, here),
    raw: await startRaw(join(own, 'raw'), stored),
    beside: values.beside ? await startStore(copy, stored, resolve(values.beside)) : undefined,
  }
}

/** All sizes in turn, so that what else the machine does hits all of them. */
async function measure(operation: Operation, all: readonly Contenders[]): Promise<Row[]> {
  const sides = all.flatMap(({ store, raw, beside }) => [store, raw, ...(beside ? [beside] : [])])
  const windows = await alternately<Side>(
    sides.map(side => side.contender(operation, Number(values.seconds))),
    Number(values.repeats),
  )
  const side = (of: Measured): Side => {
    const own = windows[sides.indexOf(of)]!
    return {
      perSecond: median(own.map(window => window.perSecond)),
      cpuUs: median(own.map(window => window.cpuUs)),
    }
  }
  return all.map(({ stored, store, raw, beside }) => ({
    name: operation.name,
    stored,
    store: side(store),
    raw: side(raw),
    beside: beside && side(beside),
    memory: store.memory(),
  }))
}

const all: Contenders[] = []
try {
  for (const size of values.sizes.split(',')) all.push(await contenders(Number(size)))
  const rows: Row[] = []
  for (const operation of operations)
    for (const row of await measure(operation, all)) {
      rows.push(row)
      printRow(row)
    }
  printSeries(rows)
} finally {
  for (const { store, raw, beside } of all) for (const each of [store, raw, beside]) await each?.stop()
  if (!values.folder) await rm(folder, { recursive: true, force: true })
}
