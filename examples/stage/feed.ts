import type { FieldProblem } from '../../server/world/world.ts'
import { describe, type ServerClient } from './server-client.ts'

export interface FedDocument {
  readonly connection: string
  /** What the platform sends; without a line break. */
  readonly text: string
}

/** What the server answered for all documents together. */
export interface Fed {
  readonly sent: number
  readonly accepted: number
  readonly repeated: number
  /** Refused before they became an event, each with what the server says is wrong. */
  readonly refused: readonly { readonly text: string; readonly problems: readonly FieldProblem[] }[]
}

interface Refusal {
  readonly index: number
  readonly problems: readonly FieldProblem[]
}

/**
 * Sends documents as their platforms would: the connections side by side, `batch` documents at a time, the next
 * ones when these are acknowledged.
 * @throws when the server answers anything but "accepted" or "refused, for these reasons"
 */
export async function feed(
  server: ServerClient,
  documents: Iterable<FedDocument>,
  batch: number,
): Promise<Fed> {
  const fed = { sent: 0, accepted: 0, repeated: 0, refused: [] as Fed['refused'][number][] }
  for (const part of partsOf(documents, batch)) {
    const connections = new Set(part.map(each => each.connection))
    await Promise.all(
      Array.from(connections, async connection => {
        const texts = part.filter(each => each.connection === connection).map(each => each.text)
        const answer = await server.postLines(`/api/intake/${connection}`, texts.join('\n'))
        const { accepted, repeated, refused } = receiptOf(answer)
        fed.sent += texts.length
        fed.accepted += accepted
        fed.repeated += repeated
        for (const { index, problems } of refused) fed.refused.push({ text: texts[index]!, problems })
      }),
    )
  }
  return fed
}

/** A delivery none of which could be accepted is answered 400 with the same list. */
function receiptOf(answer: { status: number; body: unknown }) {
  if (answer.status === 202) return answer.body as { accepted: number; repeated: number; refused: Refusal[] }
  const { details } = answer.body as { details?: unknown }
  if (answer.status === 400 && Array.isArray(details))
    return { accepted: 0, repeated: 0, refused: details as Refusal[] }
  throw new Error(`Intake: ${describe(answer)}`)
}

function* partsOf<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let part: T[] = []
  for (const each of all) {
    part.push(each)
    if (part.length < size) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}
