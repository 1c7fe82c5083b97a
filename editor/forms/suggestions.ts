import { queryOptions, useQuery } from '@tanstack/react-query'
import type { FieldSpec } from '../../server/workflow/field.ts'
import type { Page, StockRow } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { connectionsQuery } from '../connections/queries.ts'
import { useWords } from '../i18n/use-words.ts'
import { warehousesQuery } from '../stock/queries.ts'

export interface Suggestion {
  readonly value: string
  readonly name: string
}

/** The values a field usually has. */
export interface Suggestions {
  readonly values: readonly Suggestion[]
  /** True where no other value makes sense, so that one is picked rather than typed. */
  readonly isClosed: boolean
}

type Source = 'warehouses' | 'warehouseNames' | 'skus' | 'connections' | 'shops' | 'provinces'

const SOURCES: readonly (readonly [RegExp, Source])[] = [
  [/(^|[.\]])warehouse$/, 'warehouses'],
  [/^stock\.\w+\.name$/, 'warehouseNames'],
  [/(^|\.)sku$/, 'skus'],
  [/^event\.connection$/, 'connections'],
  [/(^|\.)shop$/, 'shops'],
  [/(^|\.)province$/, 'provinces'],
]

const MOST_SKUS = 500

const skusQuery = queryOptions({
  queryKey: ['stock', 'skus'],
  queryFn: async ({ signal }) => {
    const { items } = await request<Page<StockRow>>(`/stock?limit=${MOST_SKUS}`, { signal })
    return [...new Set(items.map(({ sku }) => sku))].sort()
  },
  staleTime: 60_000,
})

/** The values of a field, from its own options or from the data; none for a field nobody can tell the values of. */
export function useSuggestions(field: Pick<FieldSpec, 'path' | 'options'> | undefined): Suggestions {
  const { t, say } = useWords()
  const source = field && !field.options ? SOURCES.find(([path]) => path.test(field.path))?.[1] : undefined
  const isWarehouse = source === 'warehouses' || source === 'warehouseNames'
  const isConnection = source === 'connections' || source === 'shops'
  const warehouses = useQuery({ ...warehousesQuery, enabled: isWarehouse })
  const connections = useQuery({ ...connectionsQuery, enabled: isConnection })
  const skus = useQuery({ ...skusQuery, enabled: source === 'skus' })
  if (field?.options)
    return { isClosed: false, values: field.options.map(({ value, name }) => ({ value, name: say(name) })) }
  switch (source) {
    case 'warehouses':
      return closed((warehouses.data?.items ?? []).map(({ id, name }) => ({ value: id, name })))
    case 'warehouseNames':
      return open((warehouses.data?.items ?? []).map(({ name }) => name))
    case 'connections':
      return closed((connections.data?.items ?? []).map(({ id, name }) => ({ value: id, name })))
    case 'shops':
      return open((connections.data?.items ?? []).flatMap(({ shop }) => shop ?? []))
    case 'skus':
      return open(skus.data ?? [])
    case 'provinces':
      return open(t('forms.provinces').split(' '))
    case undefined:
      return open([])
  }
}

const closed = (values: readonly Suggestion[]): Suggestions => ({ values, isClosed: true })

const open = (values: readonly string[]): Suggestions => ({
  values: [...new Set(values)].map(value => ({ value, name: value })),
  isClosed: false,
})
