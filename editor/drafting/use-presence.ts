import { useEffect, useState } from 'react'
import { socket } from '../live/socket.ts'
import { useStore } from '../live/store.ts'
import { preferences } from '../look/preferences.ts'
import type { Draft } from './draft.ts'

/** Somebody who has the same draft open. */
export interface Person {
  readonly id: string
  /** How they sign; empty where they have not said. */
  readonly name: string
}

/** The others on this draft. What they save comes into it at once. */
export function usePresence(workflow: string, draft: Draft | undefined): readonly Person[] {
  const [people, setPeople] = useState<readonly Person[]>([])
  const { signature } = useStore(preferences)
  useEffect(() => {
    if (!draft) return
    // Where it cannot be read now, the next save meets the newer revision and takes it in then.
    const takeIn = (rev?: number) => void draft.refresh(rev).catch(() => undefined)
    const join = () => {
      socket.emit('draft:join', { workflow, name: signature })
      // Nobody told of what was saved while this page was elsewhere.
      takeIn()
    }
    const meet = (message: { workflow: string; people: readonly Person[] }) => {
      if (message.workflow === workflow) setPeople(message.people.filter(({ id }) => id !== socket.id))
    }
    const saved = (message: { workflow: string; rev: number }) => {
      if (message.workflow === workflow) takeIn(message.rev)
    }
    socket.on('connect', join)
    socket.on('draft:people', meet)
    socket.on('draft:saved', saved)
    if (socket.connected) join()
    return () => {
      socket.off('connect', join)
      socket.off('draft:people', meet)
      socket.off('draft:saved', saved)
      socket.emit('draft:leave', { workflow })
    }
  }, [workflow, draft, signature])
  return people
}
