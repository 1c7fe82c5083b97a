import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Text } from '../../../server/workflow/text.ts'
import type { FieldProblem } from '../../api/contract.ts'
import { query, request } from '../../api/request.ts'

/** `unmapped`: taken, but it stops at the mapping. */
export type RowStatus = 'new' | 'changed' | 'unmapped' | 'repeated' | 'refused'

export interface PreviewOrder {
  readonly orderId?: unknown
  readonly order_customer_name?: unknown
  readonly phone?: unknown
  readonly address?: unknown
  readonly items?: unknown
  readonly paidFen?: unknown
  readonly orderedAt?: unknown
}

export interface PreviewRow {
  readonly rows: readonly number[]
  readonly status: RowStatus
  readonly order?: PreviewOrder
  /** What could be read of it where no order came of it. */
  readonly values?: PreviewOrder
  readonly problems: readonly FieldProblem[]
}

export interface Suggested {
  readonly mapping: { readonly fields: readonly unknown[] }
  readonly identity?: unknown
  readonly groupRowsBy?: string
  /** Fields no order can be without, and those people need to work it: no column is for them. */
  readonly missing: readonly Text[]
  readonly absent: readonly Text[]
}

/** What a file would bring; nothing of it was taken. */
export interface FilePreview {
  readonly file: string
  readonly kind: 'csv' | 'xlsx' | 'json' | 'ndjson'
  readonly encoding?: string
  readonly sheets?: readonly { readonly name: string; readonly isHidden: boolean; readonly rows: number }[]
  readonly sheet?: string
  readonly title?: string
  readonly header: readonly number[]
  readonly columns: readonly { readonly name: string; readonly samples: readonly string[] }[]
  readonly unnamed: readonly string[]
  readonly skipped: readonly { readonly row: number; readonly why: 'total' | 'note' | 'header' | 'hidden' }[]
  readonly rows: number
  readonly documents: number
  readonly mapping: 'own' | 'suggested' | 'none'
  readonly suggestion?: Suggested
  readonly severalRows?: { readonly column: string; readonly orders: number }
  readonly counts: Readonly<Record<RowStatus, number>>
  readonly items: readonly PreviewRow[]
  readonly problems: readonly Pick<PreviewRow, 'rows' | 'status' | 'problems'>[]
  readonly samples: readonly unknown[]
}

/** What the person says of how the file is read; what is not said is found out. */
export interface Choice {
  readonly encoding?: string
  readonly sheet?: string
  readonly header?: number
  readonly hiddenRows?: boolean
  readonly mapping?: 'own' | 'suggested'
}

export interface ChosenFile {
  readonly file: File
  /** Another one for every time a file is chosen: the same file may have been mended meanwhile. */
  readonly id: number
}

/** Sends a file to the intake of a connection: to be looked at, or to be taken. */
export function sendFile<T>(
  connection: string,
  to: 'files' | 'files/preview',
  { file }: ChosenFile,
  choice: Choice,
  signal?: AbortSignal,
): Promise<T> {
  const body = new FormData()
  body.append('file', file)
  const path = `/intake/${encodeURIComponent(connection)}/${to}${query({ ...choice })}`
  return request<T>(path, { method: 'POST', body, ...(signal ? { signal } : {}) })
}

/** @param revision grows when the connection's mapping was changed */
export const previewQuery = (connection: string, chosen: ChosenFile, choice: Choice, revision: unknown) =>
  queryOptions({
    queryKey: ['file-preview', connection, chosen.id, choice, revision],
    queryFn: ({ signal }) => sendFile<FilePreview>(connection, 'files/preview', chosen, choice, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })

/** `3–5、9`: neighbours together, as people say rows. */
export function rowsText(rows: readonly number[]): string {
  const spans: [from: number, to: number][] = []
  for (const row of rows) {
    const last = spans.at(-1)
    if (last && last[1] === row - 1) last[1] = row
    else spans.push([row, row])
  }
  return spans.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join('、')
}
