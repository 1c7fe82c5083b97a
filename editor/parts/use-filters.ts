import { useEffect, useMemo } from 'react'
import { useSearchParams } from 'react-router'

export type Filters<K extends string> = Readonly<Partial<Record<K, string>>>

/**
 * Filters of a list live in the page's address, so that a link shows the same rows; the last ones used are
 * remembered and come back when the list is opened without any. `keys` must be a constant. `beside`: a part of the
 * address that only says where the list stands.
 */
export function useFilters<K extends string>(
  list: string,
  keys: readonly K[],
  beside?: string,
): readonly [Filters<K>, (change: Filters<K>) => void] {
  const [search, setSearch] = useSearchParams()
  const address = search.toString()
  const filters = useMemo(() => filtersIn(address, keys), [address, keys])

  useEffect(() => {
    const last = sessionStorage.getItem(memory(list))
    // Opened bare: with the filters the list was left with. A link to one row or one filter stays as it is.
    if (!last) return
    const opened = new URLSearchParams(address)
    const place = beside === undefined ? null : opened.get(beside)
    if (beside !== undefined) opened.delete(beside)
    if (opened.size > 0) return
    const back = new URLSearchParams(last)
    if (beside !== undefined && place !== null) back.set(beside, place)
    setSearch(back, { replace: true })
  }, [list, address, setSearch, beside])

  const change = (next: Filters<K>) => {
    const changed = new URLSearchParams(address)
    for (const [key, value] of Object.entries<string | undefined>(next)) {
      if (value) changed.set(key, value)
      else changed.delete(key)
    }
    const kept = new URLSearchParams(
      Object.entries(filtersIn(changed.toString(), keys)) as [string, string][],
    )
    if (kept.size > 0) sessionStorage.setItem(memory(list), kept.toString())
    else sessionStorage.removeItem(memory(list))
    setSearch(changed, { replace: true })
  }
  return [filters, change]
}

function memory(list: string): string {
  return `orderloom.filters.${list}`
}

function filtersIn<K extends string>(address: string, keys: readonly K[]): Filters<K> {
  const search = new URLSearchParams(address)
  const found: Partial<Record<K, string>> = {}
  for (const key of keys) {
    const value = search.get(key)
    if (value) found[key] = value
  }
  return found
}
