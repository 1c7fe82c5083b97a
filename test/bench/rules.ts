/**
 * Our rules beside the engines a user would otherwise pick, on the three-row table of the order harness:
 *
 *     PEERS_HARNESS=<folder> node --import tsx test/bench/rules.ts [--repeats 5] [--seconds 1] [--only ours]
 *
 * PEERS_HARNESS is the harness (../shared/bench/peers beside this checkout where absent); the engines are packages of
 * its rules/ folder and none of ours, so one that is not installed there is left out, and said so. Each contestant
 * runs in a process of its own, in turn with the others, and must give the table's own answer for every fact.
 */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { logicDecisionTable } from '../../server/nodes/logic-decision-table.ts'
import type { Item, RunContext } from '../../server/nodes/node-type.ts'
import { compileLogic } from '../../server/workflow/logic/compile.ts'
import { firstHit } from '../../server/workflow/logic/first-hit.ts'
import { siteReader } from '../../server/workflow/logic/read-sites.ts'
import { median } from './load.ts'

const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    child: { type: 'string' },
  },
})
const HARNESS = resolve(
  process.env.PEERS_HARNESS ?? fileURLToPath(new URL('../../../shared/bench/peers', import.meta.url)),
)
const FACTS = 1_024
const WARM_UP_MS = 500
/** Exit code of a child whose engine is not installed. */
const ABSENT = 3

type Facts = object
type Evaluate = (facts: Facts) => string | Promise<string>

interface Contestant {
  readonly asynchronous?: boolean
  /** How many evaluations of an asynchronous engine are under way at once; one where absent. */
  readonly batch?: number
  make(): Promise<Evaluate>
}

interface Table {
  readonly ROWS: readonly { readonly when: unknown; readonly then: string }[]
  /** The same as one rule. */
  readonly AS_ONE_IF: unknown
  makeFacts(count: number): Facts[]
  reference(facts: Facts): string
}

const load = async <T>(file: string) => (await import(pathToFileURL(join(HARNESS, 'rules', file)).href)) as T
const table = await load<Table>('table.js')
const { ENGINES } = await load<{ ENGINES: Readonly<Record<string, Contestant>> }>('engines.js')

const ours: Readonly<Record<string, Contestant>> = {
  /** As the rules of a published version are. */
  'ours/hot-row-by-row': {
    async make() {
      const rows = table.ROWS.map(row => ({ holds: compileLogic(row.when, siteReader), action: row.then }))
      return facts => {
        for (const row of rows) if (row.holds(facts)) return row.action
        return 'backorder'
      }
    },
  },
  'ours/hot-one-if': {
    async make() {
      return compileLogic(table.AS_ONE_IF, siteReader) as Evaluate
    },
  },
  /** The heart of the decision table. */
  'ours/hot-first-hit': {
    async make() {
      const hit = firstHit(table.ROWS.map(row => compileLogic(row.when, siteReader)))
      const actions = table.ROWS.map(row => row.then)
      return facts => {
        const row = hit(facts)
        return row === -1 ? 'backorder' : actions[row]!
      }
    },
  },
  /** The same in a process that has worked through twenty other tables before, as a server has. */
  'ours/hot-first-hit-after-20-others': {
    async make() {
      for (let n = 0; n < 20; n++) workThrough(`f${n}`)
      return ours['ours/hot-first-hit']!.make()
    },
  },
  /** As rules that are only tried are, and paths for which no reader of their own was left. */
  'ours/tried-row-by-row': {
    async make() {
      const rows = table.ROWS.map(row => ({ holds: compileLogic(row.when), action: row.then }))
      return facts => {
        for (const row of rows) if (row.holds(facts)) return row.action
        return 'backorder'
      }
    },
  },
  /** The node as runs go through it: with the row that was hit and the values it looked at. */
  'ours/decision-table-node': {
    async make() {
      const params = {
        rows: table.ROWS.map(({ when, then }) => ({ id: then, name: then, when, port: then, action: then })),
        else: { port: 'backorder' },
      }
      const prepared = logicDecisionTable.prepare!(params)
      const context = { params, prepared } as unknown as RunContext<unknown, unknown>
      return facts => {
        const item = { key: '', data: facts } as unknown as Item
        const [outcome] = logicDecisionTable.run([item], context) as readonly { ports: readonly string[] }[]
        return outcome!.ports[0]!
      }
    },
  },
}
const contestants: Readonly<Record<string, Contestant>> = { ...ENGINES, ...ours }

/** Another table on other fields, holding other kinds of values. */
function workThrough(field: string): void {
  const read = { var: `other.${field}` }
  const rules: readonly unknown[] = [
    { and: [{ '==': [read, 'text'] }, { '>': [{ var: 'more.at' }, 5] }] },
    { and: [{ '<': [read, 3] }, { '!=': [read, null] }, { '===': [{ var: 'more.at' }, true] }] },
    { '>=': [read, { var: 'more.at' }] },
  ]
  const hit = firstHit(rules.map(rule => compileLogic(rule, siteReader)))
  const held: readonly unknown[] = ['text', 2, null, new Date(0), true, undefined, '7']
  for (let n = 0; n < 5_000; n++)
    hit({ other: { [field]: held[n % held.length] }, more: { at: held[(n >> 3) % held.length] } })
}

/** @returns evaluations per second of CPU time, which a busy machine hardly changes */
async function measure({ make, asynchronous, batch = 1 }: Contestant, seconds: number): Promise<number> {
  const evaluate = await make()
  const facts = table.makeFacts(FACTS)
  for (const each of facts) {
    const [got, due] = [await evaluate(each), table.reference(each)]
    if (got !== due) throw new Error(`${got} instead of ${due} for ${JSON.stringify(each)}`)
  }
  let length = 0
  const round = asynchronous
    ? async () => {
        for (let from = 0; from < FACTS; from += batch)
          for (const got of await Promise.all(facts.slice(from, from + batch).map(evaluate)))
            length += got.length
      }
    : () => {
        for (const each of facts) length += (evaluate(each) as string).length
      }
  const rounds = async (ms: number) => {
    const began = performance.now()
    const cpu = process.cpuUsage()
    let count = 0
    for (; performance.now() - began < ms; count++) await round()
    const { user, system } = process.cpuUsage(cpu)
    return (count * FACTS * 1_000_000) / (user + system)
  }
  await rounds(WARM_UP_MS)
  const perSecond = await rounds(seconds * 1_000)
  if (length === 0) throw new Error('Nothing was decided.')
  return perSecond
}

/** @returns evaluations per second of CPU time; undefined where the engine is not installed */
function inOwnProcess(name: string): number | undefined {
  const child = spawnSync(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(import.meta.url), '--child', name, '--seconds', values.seconds],
    { encoding: 'utf8' },
  )
  if (child.status === ABSENT) return undefined
  if (child.status !== 0) throw new Error(`${name}: ${child.stderr}`)
  return Number(child.stdout)
}

if (values.child !== undefined) {
  try {
    console.log(await measure(contestants[values.child]!, Number(values.seconds)))
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error
    process.exitCode = ABSENT
  }
} else {
  const rates = new Map<string, number[]>()
  const absent = new Set<string>()
  for (let repeat = 0; repeat < Number(values.repeats); repeat++)
    for (const name of Object.keys(contestants)) {
      if (!name.includes(values.only) || absent.has(name)) continue
      const perSecond = inOwnProcess(name)
      if (perSecond === undefined) absent.add(name)
      else rates.set(name, [...(rates.get(name) ?? []), perSecond])
    }
  for (const name of absent) console.log(`left out, not installed: ${name}`)
  console.log(
    `Three-row table, evaluations per second of CPU time, median of ${values.repeats} runs of ${values.seconds} s:`,
  )
  const sorted = [...rates].map(([name, each]) => ({ name, perSecond: median(each) }))
  sorted.sort((a, b) => b.perSecond - a.perSecond)
  for (const { name, perSecond } of sorted)
    console.log(
      `  ${name.padEnd(40)}${Math.round(perSecond).toLocaleString('en-US').padStart(14)}   ${(1e9 / perSecond).toFixed(0)} ns`,
    )
}
