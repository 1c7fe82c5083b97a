import { useMutation } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { request } from '../api/request.ts'
import type { TestRequest, TestResult, TestRun } from '../api/test-contract.ts'
import { meaningOf } from './meaning-of.ts'
import { keepPace } from './pace.ts'

export type On = TestRequest['on']
type OnOne = Exclude<On, { kind: 'last' }>

/** What the strip and the canvas show: one run, or the result of many. */
export interface Shown {
  /** The drawing it was tried on; another one by now makes it stale. */
  readonly meaning: string
  readonly run?: TestRun
  readonly result?: TestResult
  /** What was tried; absent for a kept case. */
  readonly on?: On
  /** Where a run was chosen from many: their result. */
  readonly back?: Shown
}

export interface Tester {
  readonly shown: Shown | undefined
  readonly stale: boolean
  /** The drawing on screen, as what decides how orders go. */
  readonly meaning: string
  readonly running: { readonly on: On; readonly since: number } | undefined
  readonly failure: unknown
  readonly start: (on: On) => void
  /** One of many again, with all its steps. */
  readonly lookInto: (run: TestRun) => void
  readonly show: (shown: Shown | undefined) => void
  readonly stop: () => void
}

interface Trial {
  readonly on: On
  readonly back?: Shown
}

/** Tries the draft on screen in the simulated world. `onShow` is told whatever is on show while the strip is open. */
export function useTester(props: {
  workflow: string
  graph: WorkflowGraph
  open: boolean
  onShow: (run: TestRun | undefined, result: TestResult | undefined) => void
}): Tester {
  const { workflow, graph, open } = props
  const meaning = useMemo(() => meaningOf(graph), [graph])
  const [shown, setShown] = useState<Shown>()
  const [since, setSince] = useState(0)
  const [on, setOn] = useState<On>()
  const stopper = useRef<AbortController>(undefined)

  const tell = useEffectEvent((next: Shown | undefined) => props.onShow(next?.run, next?.result))
  useEffect(() => tell(open ? shown : undefined), [open, shown])
  useEffect(() => () => stopper.current?.abort(), [])

  const test = useMutation({
    mutationFn: async ({ on, back }: Trial): Promise<Shown> => {
      stopper.current = new AbortController()
      const result = await request<TestResult>(`/workflows/${encodeURIComponent(workflow)}/test`, {
        method: 'POST',
        body: { graph, on },
        signal: stopper.current.signal,
      })
      keepPace(result)
      const one = on.kind === 'last' ? undefined : result.runs[0]
      return { meaning, on, result, ...(one ? { run: one } : {}), ...(back ? { back } : {}) }
    },
    onSuccess: setShown,
  })
  const begin = (trial: Trial) => {
    stopper.current?.abort()
    setOn(trial.on)
    setSince(Date.now())
    test.mutate(trial)
  }
  return {
    shown,
    stale: shown !== undefined && shown.meaning !== meaning,
    meaning,
    running: test.isPending && on ? { on, since } : undefined,
    failure: test.isError && !isStopped(test.error) ? test.error : undefined,
    start: next => begin({ on: next }),
    lookInto: run => {
      const one: OnOne = { kind: 'order', order: run.orderKey }
      begin({ on: one, ...(shown ? { back: shown } : {}) })
    },
    show: next => {
      test.reset()
      setShown(next)
    },
    stop: () => {
      stopper.current?.abort()
      test.reset()
    },
  }
}

function isStopped(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'AbortError'
}
