import type { Server, Socket } from 'socket.io'
import type { Members } from '../cluster/members.ts'
import { isRecord } from '../workflow/param-parts.ts'
import type { DraftNews } from './draft-news.ts'
import { type Person, peopleOnDrafts } from './people.ts'

const MOST_PEOPLE = 100
const MOST_NAME = 60
const WORKFLOW_ID = /^[A-Za-z0-9_-]{1,64}$/

/** A page joins and leaves a handful of times; what asks more often is no page. */
const MOST_ASKED = 30
const PER_MS = 10_000

/** What a page may tell us over its socket, and the least role that may. Anything else puts it out. */
export const SOCKET_EVENTS = {
  /** `{ workflow, name }`: has this draft open, and no other. */
  'draft:join': { role: 'viewer' },
  /** Has no draft open any more. */
  'draft:leave': { role: 'viewer' },
} as const

/** Between the servers: who has a draft open at `process`. */
const HERE = 'draft:here'

interface Here {
  readonly process: string
  readonly workflow: string
  readonly people: readonly Person[]
}

export interface PresenceParts {
  readonly drafts: DraftNews
  readonly members: Pick<Members, 'name' | 'others' | 'onChange'>
}

/**
 * Who has which draft open, at whichever web process: `draft:people` goes to all of them with every change,
 * `draft:saved` with every save.
 * @returns stops listening
 */
export function servePresence(io: Server, { drafts, members }: PresenceParts): () => void {
  const people = peopleOnDrafts(members.name)
  const joined = new Map<string, string>()

  /** Each server tells its own pages; that keeps the list right whatever order messages arrive in. */
  const show = (workflow: string) =>
    io.local
      .to(roomOf(workflow))
      .emit('draft:people', { workflow, people: people.on(workflow).slice(0, MOST_PEOPLE) })

  const tellServers = (workflow: string) =>
    io.serverSideEmit(HERE, {
      process: members.name,
      workflow,
      people: people.here(workflow),
    } satisfies Here)

  function tell(workflow: string): void {
    show(workflow)
    tellServers(workflow)
  }

  function leave(socket: Socket): void {
    const workflow = joined.get(socket.id)
    if (workflow === undefined) return
    joined.delete(socket.id)
    people.set(
      members.name,
      workflow,
      people.here(workflow).filter(({ id }) => id !== socket.id),
    )
    void socket.leave(roomOf(workflow))
    tell(workflow)
  }

  function join(socket: Socket, workflow: string, name: string): void {
    if (joined.get(socket.id) !== workflow) leave(socket)
    const others = people.here(workflow).filter(({ id }) => id !== socket.id)
    if (others.length >= MOST_PEOPLE) return
    people.set(members.name, workflow, [...others, { id: socket.id, name }])
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
  io.on(HERE, ({ process, workflow, people: there }: Here) => {
    people.set(process, workflow, there)
    show(workflow)
  })

  const stops = [
    drafts.onSaved(saved => io.to(roomOf(saved.workflow)).emit('draft:saved', saved)),
    // One that came knows of nobody yet; of one that went nobody else will say that its people are gone.
    members.onChange(() => {
      const alive = new Set([members.name, ...members.others().map(each => each.name)])
      for (const workflow of people.keep(alive)) show(workflow)
      for (const workflow of new Set(joined.values())) tellServers(workflow)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

const roomOf = (workflow: string) => `draft/${workflow}`

function joinOf(payload: unknown): { workflow: string; name: string } | undefined {
  if (!isRecord(payload)) return undefined
  const { workflow, name } = payload
  const isFit = typeof workflow === 'string' && WORKFLOW_ID.test(workflow)
  return isFit && typeof name === 'string' && name.length <= MOST_NAME ? { workflow, name } : undefined
}
