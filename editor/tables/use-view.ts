import { useDeferredValue, useMemo } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import type { TableAnalysis } from '../../server/workflow/table/analyse.ts'
import { usePlace } from '../forms/place.ts'
import { useWords } from '../i18n/use-words.ts'
import { findingsOf, type TableFindings } from './marks.ts'
import { type SampleOutcome, tryOnSample } from './sample-hit.ts'
import { otherwiseOf, type TableParams } from './table-edits.ts'
import { useAnalysis } from './use-analysis.ts'
import { type ChangeParams, type TableInUse, useTable } from './use-table.ts'

/** A table with all that is known of it, worked out once for however it is shown. */
export interface TableView extends TableInUse {
  readonly otherwise: string
  /** All fields a condition may read. */
  readonly fields: readonly FieldSpec[]
  readonly analysis: TableAnalysis | undefined
  readonly findings: TableFindings | undefined
  readonly sampleName: string | undefined
  /** How the sample order comes out; undefined where there is none. */
  readonly outcome: SampleOutcome | undefined
}

export function useView(params: TableParams, onChange: ChangeParams): TableView {
  const { t, language } = useWords()
  const { scope, sometimes, sample } = usePlace()
  const fields = useMemo(() => [...scope, ...sometimes], [scope, sometimes])
  const table = useTable(params, onChange)
  const { kept, hits } = table
  // Typing comes first; what the sample order says may follow a moment later.
  const settled = useDeferredValue(kept)
  const otherwise = otherwiseOf(params)
  const analysed = useAnalysis(kept, hits, fields)
  const findings = useMemo(
    () => analysed && findingsOf(analysed.of, analysed.rows, otherwise, hits, fields, { t, language }),
    [analysed, otherwise, hits, fields, t, language],
  )
  const outcome = useMemo(
    () => (sample ? tryOnSample(settled, hits, sample.data, fields) : undefined),
    [sample, settled, hits, fields],
  )
  return { ...table, otherwise, fields, analysis: analysed?.of, findings, sampleName: sample?.name, outcome }
}
