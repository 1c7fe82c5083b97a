import { ReactFlowProvider } from '@xyflow/react'
import type { ReactElement } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import { Loading } from '../parts/Loading.tsx'
import { DraftDesk } from './DraftDesk.tsx'
import type { Draft } from './draft.ts'
import type { Manifests } from './edit.ts'

/** The draft of a workflow: palette, drawing, what is selected, and below it the strip for trying it. */
export function DraftEditor(props: {
  workflow: WorkflowDetail
  manifests: Manifests
  draft: Draft | undefined
  testing: boolean
  onTesting: (open: boolean) => void
  /** Node to select on opening, such as the one a problem is about. */
  jump: { readonly node: string } | undefined
}): ReactElement {
  const { draft } = props
  if (!draft) return <Loading rows={8} />
  return (
    <ReactFlowProvider>
      <DraftDesk {...props} draft={draft} />
    </ReactFlowProvider>
  )
}
