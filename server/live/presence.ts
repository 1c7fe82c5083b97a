import type { Server, Socket } from 'socket.io'
import { isRecord } from '../workflow/param-parts.ts'
import type { DraftNews } from './draft-news.ts'

const MOST_PEOPLE = 100
const MOST_NAME = 60
const WORKFLOW_ID = /^[A-Za-z0-9_-]{1,64}$/

/** A page joins and leaves a handful of times; what asks more often is no page. */
const MOST_ASKED = 30
const PER_MS = 10_000

/** Somebody who has a draft open. */
interface Person {
  /** Of the socket. */
  readonly id: string
  readonly name: string
}

/** What a page may tell us over its socket, and the least role that may. Anything else puts it out. */
export const SOCKET_EVENTS = {
  /** `{ workflow, name }`: has this draft open, and no other. */
  'draft:join': { role: 'viewer' },
  /** Has no draft open any more. */
  'draft:leave': { role: 'viewer' },
} as const

/**
 * Who has which draft open: `draft:people` goes to all of them with every change, `draft:saved` with every save.
 * @returns stops listening
 */
export function servePresence(io: Server, news: DraftNews): () => void {
  const drafts = new Map<string, Map<string, Person>>()
  const joined = new Map<string, string>()

  function tell(workflow: string): void {
    const people = [...(drafts.get(workflow)?.values() ?? [])]
    io.to(roomOf(workflow)).emit('draft:people', { workflow, people })
  }

  function leave(socket: Socket): void {
    const workflow = joined.get(socket.id)
    if (workflow === undefined) return
    joined.delete(socket.id)
    const people = drafts.get(workflow)
    people?.delete(socket.id)
    if (people?.size === 0) drafts.delete(workflow)
    void socket.leave(roomOf(workflow))
    tell(workflow)
  }

  function join(socket: Socket, workflow: string, name: string): void {
    if (joined.get(socket.id) !== workflow) leave(socket)
    const people = drafts.get(workflow) ?? new Map<string, Person>()
    if (people.size >= MOST_PEOPLE && !people.has(socket.id)) return
    drafts.set(workflow, people.set(socket.id, { id: socket.id, name }))
    joined.set(socket.id, workflow)
    void socket.join(roomOf(workflow))
    tell(workflow)
  }

  io.on('connection', socket => {
    let asked = 0
    let since = Date.now()
    socket.onAny((event: unknown, payload: unknown) => {
      const now = Date.now()
      if (now - since > PER_MS) {
        since = now
        asked = 0
      }
      const isKnown = typeof event === 'string' && Object.hasOwn(SOCKET_EVENTS, event)
      if (++asked > MOST_ASKED || !isKnown) return socket.disconnect(true)
      if (event === 'draft:leave') return leave(socket)
      const wanted = joinOf(payload)
      return wanted ? join(socket, wanted.workflow, wanted.name) : socket.disconnect(true)
    })
    socket.on('disconnect', () => leave(socket))
  })

  return news.onSaved(saved => io.to(roomOf(saved.workflow)).emit('draft:saved', saved))
}

const roomOf = (workflow: string) => `draft/${workflow}`

function joinOf(payload: unknown): { workflow: string; name: string } | undefined {
  if (!isRecord(payload)) return undefined
  const { workflow, name } = payload
  const isFit = typeof workflow === 'string' && WORKFLOW_ID.test(workflow)
  return isFit && typeof name === 'string' && name.length <= MOST_NAME ? { workflow, name } : undefined
}
