/** What a person tried last, kept for this tab so that a reload costs nothing. */
export interface Choice {
  readonly kind: 'document' | 'order' | 'last' | 'cases'
  readonly connection: string
  /** The pasted document as text. */
  readonly text: string
  /** Key of the chosen order, and its number for the eye. */
  readonly order: string
  readonly orderId: string
  readonly count: number
}

export const COUNTS = [10, 100, 1_000] as const

const first: Choice = { kind: 'document', connection: '', text: '', order: '', orderId: '', count: 100 }

const memory = (workflow: string) => `orderloom.test.${workflow}`

/** Reads what was kept, part by part: one part from another version never costs the others. */
export function readChoice(stored: string | null): Choice {
  const found = asRecord(stored)
  const text = (key: string) => (typeof found[key] === 'string' ? found[key] : '')
  return {
    kind: (['document', 'order', 'last', 'cases'] as const).find(kind => kind === found.kind) ?? first.kind,
    connection: text('connection'),
    text: text('text'),
    order: text('order'),
    orderId: text('orderId'),
    count: COUNTS.find(count => count === found.count) ?? first.count,
  }
}

function asRecord(stored: string | null): Readonly<Record<string, unknown>> {
  if (!stored) return {}
  try {
    const value: unknown = JSON.parse(stored)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    // Not ours, or cut off: the person chooses again.
    return {}
  }
}

export function recallChoice(workflow: string): Choice {
  return readChoice(sessionStorage.getItem(memory(workflow)))
}

/** Above this a document is not kept: the tab's memory is small and shared. */
const MOST_KEPT = 200_000

export function keepChoice(workflow: string, choice: Choice): void {
  const kept = choice.text.length > MOST_KEPT ? { ...choice, text: '' } : choice
  sessionStorage.setItem(memory(workflow), JSON.stringify(kept))
}
