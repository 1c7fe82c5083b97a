import { ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { type ReactElement, useEffect, useMemo } from 'react'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import type { RunDetail, WorkflowVersion } from '../api/contract.ts'
import { drawing } from '../canvas/drawing.ts'
import { WorkflowCanvas } from '../canvas/WorkflowCanvas.tsx'
import { WalkedRun } from '../canvas/walked.ts'
import { useWords } from '../i18n/use-words.ts'
import { walkedOf } from '../testing/walked-of.ts'
import type { Cursor } from './use-cursor.ts'

const MOVE_MS = 250

/** A run that came through opens at its end: where it was decided, and what became of it. */
const LAST_STEPS = 4

/** The drawing of the version with the way of the run lit, up to the step somebody stands at. */
export function RunWay(props: {
  run: RunDetail
  version: WorkflowVersion
  types: readonly NodeManifest[]
  cursor: Cursor
}): ReactElement {
  return (
    <ReactFlowProvider>
      <Drawn {...props} />
    </ReactFlowProvider>
  )
}

function Drawn(props: {
  run: RunDetail
  version: WorkflowVersion
  types: readonly NodeManifest[]
  cursor: Cursor
}): ReactElement {
  const { run, version, types, cursor } = props
  const { t, language } = useWords()
  const { at, go } = cursor
  const drawn = useMemo(() => drawing({ ...version, manifests: types }, language), [version, types, language])
  const walked = useMemo(() => walkedOf(run, language, at), [run, language, at])
  const isLast = at === run.steps.length
  const here = (isLast && run.error?.node) || run.steps[at - 1]?.node
  const last = run.steps.slice(-LAST_STEPS).map(({ node }) => node)
  useFollow(isLast && run.status === 'done' ? last : here ? [here] : [])
  const select = (node: string | undefined) => {
    const step = run.steps.findIndex(each => each.node === node)
    if (step >= 0) go(step + 1)
  }
  return (
    <WalkedRun value={walked}>
      <WorkflowCanvas
        key={language}
        drawing={drawn}
        label={t('runs.canvasOf', { name: run.workflowName })}
        onSelect={select}
      />
    </WalkedRun>
  )
}

/** The canvas takes a first look of its own when it opens; ours comes after it. */
const AFTER_OPENING_MS = 60

/** Keeps the nodes of the present step in sight, in a size that can be read. */
function useFollow(nodes: readonly string[]): void {
  const flow = useReactFlow()
  const { viewportInitialized } = flow
  const key = nodes.join(' ')
  useEffect(() => {
    if (!viewportInitialized || key === '') return
    const timer = setTimeout(() => {
      const ids = key.split(' ').map(id => ({ id }))
      void flow.fitView({ nodes: ids, maxZoom: 1, padding: 0.06, duration: MOVE_MS })
    }, AFTER_OPENING_MS)
    return () => clearTimeout(timer)
  }, [flow, viewportInitialized, key])
}
