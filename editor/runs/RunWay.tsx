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
  useFollow(here, isLast && run.status === 'done')
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

/** Keeps the node of the present step in sight; the end of a run that came through shows the whole. */
function useFollow(node: string | undefined, whole: boolean): void {
  const flow = useReactFlow()
  const { viewportInitialized } = flow
  useEffect(() => {
    if (!viewportInitialized) return
    const timer = setTimeout(() => {
      if (whole) void flow.fitView({ padding: 0.06, duration: MOVE_MS })
      else if (node) void flow.fitView({ nodes: [{ id: node }], maxZoom: 1, duration: MOVE_MS })
    }, AFTER_OPENING_MS)
    return () => clearTimeout(timer)
  }, [flow, viewportInitialized, node, whole])
}
