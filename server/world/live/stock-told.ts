import type { Intent, StockReading } from '../../store/lane-doc.ts'
import type { Store } from '../../store/store.ts'
import { factsFor } from '../stock-facts.ts'
import { stockId } from '../stock-id.ts'
import type { StockFacts, StockQuestion } from '../world.ts'
import { type Answers, runOf } from './answers.ts'
import type { Places } from './places.ts'
import { readLevels } from './stock-levels.ts'

/**
 * What the runs of a batch have been told of the stock. What is kept of it, and written down, is what was read: once
 * for all that asked together, where the facts themselves would be several hundred bytes per run.
 */
export interface StockTold {
  facts(requests: readonly StockQuestion[]): Promise<StockFacts[]>
  /** Units the run was told to be available; undefined when it never asked, without end when nobody knows any more. */
  told(run: string, warehouse: string, sku: string): number | undefined
  forget(run: string): void
  /** Something was told since the last `list`. */
  readonly isDirty: boolean
  /** What was told, by lane. */
  list(laneOf: (run: string) => number): Map<number, StockReading[]>
}

interface ToldContext {
  readonly store: Store
  readonly places: Places
  readonly workspace: string
  readonly answers: Answers
  readonly inherited: Intent | null
  /** What the batch knows to be available, by stock id: is told what is read here. */
  readonly levels: Map<string, number>
}

type Reading = Omit<StockReading, 'keys'>
type Told = { readonly key: string; readonly reading: Reading }

/** Stands for what is told by an intent of up to version 0.5.0, which holds the facts and not what was read. */
const FACTS_ALONE: readonly Told[] = []

export function stockTold(context: ToldContext): StockTold {
  const { store, places, workspace, answers, inherited, levels } = context
  const toldTo = new Map<string, readonly Told[]>()
  // As with other inherited answers each is given once: who asks again was sent back to look anew.
  const replay = new Map<string, Reading>()
  for (const { keys, ...reading } of inherited?.readings ?? [])
    for (const key of keys) replay.set(key, reading)
  let isDirty = false

  function tell(question: StockQuestion, reading: Reading): StockFacts {
    const { key } = question
    const run = runOf(key)
    const before = toldTo.get(run)
    toldTo.set(run, before ? [...before, { key, reading }] : [{ key, reading }])
    const levelOf = (where: string, sku: string) => reading.levels.get(sku)?.get(where) ?? 0
    return factsFor(question, levelOf, reading.places)
  }

  async function read(questions: readonly StockQuestion[]): Promise<Reading> {
    const { warehouses } = places
    const read = new Map<string, Map<string, number>>()
    for (const { warehouse, lines } of questions)
      for (const { sku } of lines) {
        const ofSku = read.get(sku) ?? new Map(warehouses.map(({ id }): [string, number] => [id, 0]))
        read.set(sku, ofSku)
        if (!ofSku.has(warehouse)) ofSku.set(warehouse, 0)
      }
    const ids: string[] = []
    for (const [sku, ofSku] of read) for (const each of ofSku.keys()) ids.push(stockId(workspace, each, sku))
    const found = await readLevels(store, ids)
    let at = 0
    for (const ofSku of read.values())
      for (const each of ofSku.keys()) {
        const id = ids[at++]!
        const units = found.get(id) ?? 0
        ofSku.set(each, units)
        levels.set(id, units)
      }
    return { places: warehouses, levels: read }
  }

  /** What a predecessor told the run, if it did. */
  function toldBefore(question: StockQuestion): StockFacts | undefined {
    const { key, warehouse, lines } = question
    const reading = replay.get(key)
    replay.delete(key)
    // A question that is another one by now was not answered by it.
    if (reading && lines.every(({ sku }) => reading.levels.get(sku)?.has(warehouse)))
      return tell(question, reading)
    const facts = answers.inherited(key)
    if (facts) toldTo.set(runOf(key), FACTS_ALONE)
    return facts?.answer as StockFacts | undefined
  }

  return {
    async facts(requests) {
      const before = inherited ? requests.map(toldBefore) : []
      const open = inherited ? requests.filter((_, at) => !before[at]) : requests
      if (open.length === 0) return before as StockFacts[]
      isDirty = true
      const reading = await read(open)
      return requests.map((question, at) => before[at] ?? tell(question, reading))
    },
    told(run, warehouse, sku) {
      const told = toldTo.get(run)
      if (told === FACTS_ALONE) return Number.POSITIVE_INFINITY
      return told?.at(-1)?.reading.levels.get(sku)?.get(warehouse)
    },
    forget: run => void toldTo.delete(run),
    get isDirty() {
      return isDirty
    },
    list(laneOf) {
      isDirty = false
      const keys = new Map<number, Map<Reading, string[]>>()
      const add = (lane: number, { key, reading }: Told) => {
        const ofLane = keys.get(lane) ?? new Map<Reading, string[]>()
        keys.set(lane, ofLane)
        const ofReading = ofLane.get(reading)
        if (ofReading) ofReading.push(key)
        else ofLane.set(reading, [key])
      }
      for (const [run, told] of toldTo) {
        const lane = laneOf(run)
        for (const each of told) add(lane, each)
      }
      // What was inherited for runs that are still to be walked must outlive this batch as well.
      for (const [key, reading] of replay) add(laneOf(runOf(key)), { key, reading })
      const ofKeys = ([reading, keys]: [Reading, string[]]): StockReading => ({ ...reading, keys })
      return new Map(Array.from(keys, ([lane, ofLane]) => [lane, Array.from(ofLane, ofKeys)]))
    },
  }
}
