import { useEffect, useState } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import { analyseTable, type TableAnalysis } from '../../server/workflow/table/analyse.ts'
import type { TableRow } from '../../server/workflow/table/table-row.ts'

const PAUSE_MS = 120
/** A long table takes some tenths of a second, which may not fall between two letters. */
const LONG_ROWS = 50
const LONG_PAUSE_MS = 500

/** An analysis, and the rows it is about: those on screen may have changed since. */
export interface AnalysedTable {
  readonly rows: readonly TableRow[]
  readonly of: TableAnalysis
}

/** The analysis of a table, worked out in a pause of the typing; that of the last pause until then. */
export function useAnalysis(
  rows: readonly TableRow[],
  hits: 'first' | 'all',
  fields: readonly FieldSpec[],
): AnalysedTable | undefined {
  const [analysed, setAnalysed] = useState<AnalysedTable>()
  useEffect(() => {
    const pause = rows.length > LONG_ROWS ? LONG_PAUSE_MS : PAUSE_MS
    const timer = setTimeout(() => setAnalysed({ rows, of: analyseTable(rows, fields, { hits }) }), pause)
    return () => clearTimeout(timer)
  }, [rows, hits, fields])
  return analysed
}
