import { useSearchParams } from 'react-router'
import { isStep, type Step } from './setup/steps.ts'

/** Where on the page of connections one is; it stands in the address, so that a link leads there. */
export interface ConnectionPlace {
  /** Something is being added: what, or `''` while that is chosen. */
  readonly add?: string | undefined
  /** The connection that is open. */
  readonly open?: string | undefined
  /** The step of setting up that is open. */
  readonly step?: Step | undefined
  /** The platform sent the person back, having let us in. */
  readonly authorized?: boolean | undefined
  /** It sent them back, and this went wrong. */
  readonly authorizeFailed?: string | undefined
}

const PARTS = ['add', 'open', 'step', 'authorized', 'authorizeFailed']

export function useConnectionPlace(): readonly [ConnectionPlace, (place: ConnectionPlace) => void] {
  const [search, setSearch] = useSearchParams()
  const step = search.get('step')
  const place: ConnectionPlace = {
    add: search.get('add') ?? undefined,
    open: search.get('open') ?? undefined,
    step: isStep(step) ? step : undefined,
    authorized: search.has('authorized'),
    authorizeFailed: search.get('authorizeFailed') ?? undefined,
  }
  const go = ({ add, open, step: next }: ConnectionPlace) => {
    const changed = new URLSearchParams(search)
    for (const part of PARTS) changed.delete(part)
    if (add !== undefined) changed.set('add', add)
    if (open !== undefined) changed.set('open', open)
    if (next !== undefined) changed.set('step', next)
    setSearch(changed)
  }
  return [place, go]
}
