import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { rowsOf, type TableRow } from '../../server/workflow/table/table-row.ts'
import { madeId } from './made-ids.ts'
import { emptyRow, type TableParams } from './table-edits.ts'

/** `merge` makes a burst of changes one step of undo. */
export type ChangeParams = (params: Record<string, unknown>, merge?: string) => void

/** Changes the params as they are at that moment, also several times within one event. */
export type Edit = (change: (params: TableParams) => Record<string, unknown>, merge?: string) => void

export interface TableInUse {
  /** Never empty: a table without rows shows one to begin with, kept once something is written into it. */
  readonly rows: readonly TableRow[]
  /** The rows that are really in the params. */
  readonly kept: readonly TableRow[]
  readonly hits: 'first' | 'all'
  readonly edit: Edit
}

export function useTable(params: TableParams, onChange: ChangeParams): TableInUse {
  const [first] = useState(() => emptyRow(madeId))
  const latest = useRef({ params, onChange })
  useLayoutEffect(() => {
    latest.current = { params, onChange }
  }, [params, onChange])
  const edit = useCallback<Edit>((change, merge) => {
    const next = change(latest.current.params)
    latest.current = { ...latest.current, params: next }
    latest.current.onChange(next, merge)
  }, [])
  const { rows: given } = params
  const kept = useMemo(() => rowsOf({ rows: given }), [given])
  const rows = useMemo(() => (kept.length > 0 ? kept : [first]), [kept, first])
  return { rows, kept, hits: params.hits === 'all' ? 'all' : 'first', edit }
}
