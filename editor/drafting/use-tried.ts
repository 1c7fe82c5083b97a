import { useQueryClient } from '@tanstack/react-query'
import { useReactFlow } from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import type { TestResult, TestRun } from '../api/test-contract.ts'
import type { Traffic } from '../canvas/live-counts.ts'
import type { Walked } from '../canvas/walked.ts'
import { useWords } from '../i18n/use-words.ts'
import { trafficOfTest } from '../testing/test-traffic.ts'
import { walkedOf } from '../testing/walked-of.ts'

/** Until the strip has its height and the canvas the rest. */
const STRIP_OPENS_MS = 80

export interface Tried {
  /** The way of the run on show, or what went through in a test of many. */
  readonly walked: Walked | undefined
  readonly traffic: Traffic | undefined
  /** The order the rules are read with: stays when the strip is closed. */
  readonly sample: TestRun | undefined
  /** Told by the strip whatever it shows. */
  readonly show: (run: TestRun | undefined, result: TestResult | undefined) => void
}

/** What the draft was tried on, for the canvas and for the forms. */
export function useTried(workflow: string, isOpen: boolean): Tried {
  const { language } = useWords()
  const flow = useReactFlow()
  const queries = useQueryClient()
  const [shown, setShown] = useState<{ run: TestRun | undefined; result: TestResult | undefined }>()
  const [sample, setSample] = useState<TestRun>()
  const walked = useMemo(
    () => (shown?.run ? walkedOf(shown.run, language) : undefined),
    [shown?.run, language],
  )
  const traffic = useMemo(
    () => (shown?.result && !shown.run ? trafficOfTest(shown.result) : undefined),
    [shown],
  )
  // A test is looked at as a whole, in the room the strip leaves: no way must begin or end out of sight.
  useEffect(() => {
    if (!isOpen) return
    const ids = [...new Set(shown?.run?.steps.map(({ node }) => node))]
    const nodes = ids.length > 0 ? { nodes: ids.map(id => ({ id })) } : {}
    const look = () => void flow.fitView({ ...nodes, maxZoom: 1, padding: 0.1, duration: 200 })
    const timer = setTimeout(look, STRIP_OPENS_MS)
    return () => clearTimeout(timer)
  }, [isOpen, shown, flow])
  return {
    walked,
    traffic,
    sample,
    show(run, result) {
      setShown({ run, result })
      if (run) setSample(run)
      // What stands beside the publish button tells of this test as well.
      if (result) void queries.invalidateQueries({ queryKey: ['workflows', workflow, 'before-publish'] })
    },
  }
}
