import { isRecord } from './param-parts.ts'
import type { WorkflowNode } from './workflow.ts'

type Entry = Readonly<Record<string, unknown>>
type Params = WorkflowNode['params']

/** A list of which the same entries stand in another order now. */
interface Reordered {
  readonly param: string
  readonly before: readonly Entry[]
  readonly after: readonly Entry[]
}

/** Earlier params with their lists put beside the later ones. */
export interface Aligned {
  readonly params: Params
  readonly reordered: readonly Reordered[]
  /** The place (from 0) an entry had that is gone now, by `<param>/<index in params>`. */
  readonly places: ReadonlyMap<string, number>
}

/**
 * Puts each entry of a list to where the entry of the same id stands later, and what is gone behind them. A row
 * that is put in at the top of a table is then one new row, not a change of all of them.
 */
export function alignLists(before: Params, after: Params): Aligned {
  const reordered: Reordered[] = []
  const places = new Map<string, number>()
  const params = Object.entries(before).map(([param, value]): [string, unknown] => {
    const [old, now] = [entriesOf(value), entriesOf(after[param])]
    if (!old || !now) return [param, value]
    const stayed = old.filter(entry => now.some(each => isSame(each, entry)))
    const gone = old.filter(entry => !stayed.includes(entry))
    const kept = now.map(each => stayed.find(entry => isSame(each, entry)))
    const known = kept.filter(entry => entry !== undefined)
    if (known.some((entry, index) => entry !== stayed[index]))
      reordered.push({ param, before: stayed, after: known })
    for (const [index, entry] of gone.entries())
      places.set(`${param}/${now.length + index}`, old.indexOf(entry))
    return [param, [...kept, ...gone]]
  })
  return { params: Object.fromEntries(params), reordered, places }
}

/** The entries of a list in which each has an id of its own; undefined for anything else. */
function entriesOf(value: unknown): readonly Entry[] | undefined {
  if (!Array.isArray(value) || !value.every(isRecord)) return undefined
  const ids = value.map(idOf)
  return ids.every(id => id !== undefined) && new Set(ids).size === ids.length ? value : undefined
}

const isSame = (a: Entry, b: Entry) => idOf(a) === idOf(b)

function idOf({ id, port }: Entry): string | undefined {
  const own = id ?? port
  return typeof own === 'string' ? own : undefined
}
