import { useEffect, useMemo, useRef, useState } from 'react'
import { type CountsByNode, countsOf, type Traffic } from '../canvas/live-counts.ts'
import { live } from './feed.ts'
import { createStore } from './store.ts'
import { countsSince, remember, type Snapshot, type TrafficRange } from './traffic.ts'

export interface WatchedTraffic {
  readonly traffic: Traffic
  readonly range: TrafficRange
  /** From when on it is counted, ms since 1970; absent for all since the server started. */
  readonly since: number | undefined
  readonly paused: boolean
  readonly choose: (range: TrafficRange) => void
  readonly pause: (paused: boolean) => void
}

/** The live traffic of a published version: of a stretch of time the person chose, and still while they look. */
export function useTraffic(workflow: string, version: number): WatchedTraffic {
  const counts = useMemo(() => createStore<CountsByNode>({}), [])
  const traffic = useMemo(() => ({ counts, simulated: false }), [counts])
  const [range, setRange] = useState<TrafficRange>('start')
  const [chosen, setChosen] = useState<Snapshot>()
  const [since, setSince] = useState<number>()
  const [paused, setPaused] = useState(false)
  const kept = useRef<readonly Snapshot[]>([])

  useEffect(() => {
    kept.current = []
    const look = () => {
      if (live.get().latest) kept.current = remember(kept.current, snapshot(workflow, version))
    }
    look()
    return live.subscribe(look)
  }, [workflow, version])

  useEffect(() => {
    if (paused) return
    const show = () => {
      const now = snapshot(workflow, version)
      const base = range === 'now' ? chosen : range === 'minute' ? kept.current[0] : undefined
      counts.set(countsSince(now.counts, base?.counts))
      setSince(base?.at)
    }
    show()
    return live.subscribe(show)
  }, [workflow, version, range, chosen, paused, counts])

  return {
    traffic,
    range,
    since,
    paused,
    pause: setPaused,
    choose: next => {
      setRange(next)
      if (next === 'now') setChosen(snapshot(workflow, version))
    },
  }
}

function snapshot(workflow: string, version: number): Snapshot {
  const { latest } = live.get()
  return { at: Date.now(), counts: countsOf(latest, workflow, version) }
}
