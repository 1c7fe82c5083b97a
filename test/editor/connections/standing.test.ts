import { describe, expect, it } from 'vitest'
import type { Connection, Connector } from '../../../editor/api/connection-contract.ts'
import { connectionRows, counted, narrowed } from '../../../editor/connections/connection-list.ts'
import { faultKind } from '../../../editor/connections/faults.ts'
import { hasFields, stepsOf } from '../../../editor/connections/setup/steps.ts'
import { nextStep, standingOf } from '../../../editor/connections/standing.ts'
import { aConnection, aConnector } from './shop.ts'

const fault = (name: string): Partial<Connection> => ({ fault: { class: name, zh: '坏了', en: 'broken' } })

describe('how a connection stands', () => {
  const shop = aConnector()

  it.each<[string, Partial<Connection>, string]>([
    ['works', {}, 'ok'],
    ['was switched off', { enabled: false, lastPolledAt: '2026-11-20T00:00:00Z' }, 'paused'],
    ['was never switched on', { enabled: false }, 'unfinished'],
    ['is throttled: it goes on by itself', fault('throttled'), 'passing'],
    ['is not authorised any more: somebody must act', fault('authorization'), 'failing'],
    ['has a fault of a class this page does not know', fault('moon-phase'), 'failing'],
    ['has an error that is no fault of a platform', { lastError: 'ENOENT' }, 'failing'],
  ])('one that %s', (_, over, standing) => {
    expect(standingOf(aConnection(over), shop)).toBe(standing)
  })

  it('is not unfinished for want of keys it can do without', () => {
    const mail = aConnector({
      kind: 'people',
      polls: false,
      authorizes: false,
      credentials: { type: 'object', properties: { user: { type: 'string' } } },
    })
    expect(standingOf(aConnection({ enabled: false, hasCredentials: false }), mail)).toBe('paused')
  })

  it('is not unfinished where its kind is unknown: nobody could finish it', () => {
    expect(standingOf(aConnection({ enabled: false }), undefined)).toBe('paused')
  })
})

describe('setting a connection up goes on', () => {
  const begun = { enabled: false, hasCredentials: true, authorized: {} }

  it.each<[string, Partial<Connection>, string | undefined]>([
    ['with the keys while there are none', { ...begun, hasCredentials: false }, 'keys'],
    ['with the authorisation', { enabled: false, hasCredentials: true }, 'verify'],
    ['by switching it on', begun, 'start'],
    ['nowhere once it was at work', { ...begun, lastPolledAt: '2026-11-20T00:00:00Z' }, undefined],
    ['nowhere while it works', { enabled: true }, undefined],
  ])('%s', (_, over, step) => {
    const { authorized: _known, ...plain } = aConnection()
    expect(nextStep({ ...plain, ...over }, aConnector())).toBe(step)
  })
})

describe('the steps', () => {
  const nothing = { type: 'object', properties: {} }

  it.each<[string, Partial<Connector>, boolean, string]>([
    ['of a shop', {}, false, 'prepare keys verify start'],
    ['of a shop at work: its keys are changed and tried', {}, true, 'keys verify'],
    [
      'of what nothing has to be said of',
      { credentials: undefined, settings: nothing, authorizes: false, tests: false },
      false,
      'prepare start',
    ],
    ['of what cannot be tried', { authorizes: false, tests: false }, false, 'prepare keys start'],
  ])('%s', (_, over, enabled, steps) => {
    expect(stepsOf(aConnector(over), { enabled }).join(' ')).toBe(steps)
  })

  it('ask for nothing by a schema without fields', () => {
    expect(hasFields(undefined)).toBe(false)
    expect(hasFields(nothing)).toBe(false)
    expect(hasFields({ type: 'object', properties: { key: { type: 'string' } } })).toBe(true)
  })
})

describe('what is done about a fault', () => {
  it('is the thing that mends it', () => {
    expect(faultKind({ class: 'authorization' }).remedy).toBe('authorize')
    expect(faultKind({ class: 'credentials' }).remedy).toBe('keys')
    expect(faultKind({ class: 'blocked' }).remedy).toBe('settings')
    expect(faultKind({ class: 'network' })).toMatchObject({ remedy: 'retry', passes: true })
    expect(faultKind({ class: 'toString' })).toMatchObject({ remedy: 'retry', passes: false })
  })
})

describe('the list of connections', () => {
  const kinds = [aConnector()]
  const rows = connectionRows(
    [
      aConnection({ id: 'a', name: '旗舰店' }),
      aConnection({ id: 'b', name: '专卖店', ...fault('throttled') }),
      aConnection({ id: 'c', name: '奥莱店', enabled: false, lastPolledAt: '2026-11-20T00:00:00Z' }),
      aConnection({ id: 'd', name: '童装店', ...fault('credentials') }),
      aConnection({ id: 'e', name: '新店', enabled: false }),
    ],
    kinds,
  )
  const ids = (some: typeof rows) => some.map(({ connection }) => connection.id).join('')

  it('begins with those somebody must act on', () => {
    expect(ids(rows)).toBe('debac')
  })

  it('is narrowed to those that need someone, to a name, to its initials', () => {
    expect(ids(narrowed(rows, { standing: 'needs' }))).toBe('d')
    expect(ids(narrowed(rows, { standing: 'working' }))).toBe('ba')
    expect(ids(narrowed(rows, { find: '店 新' }))).toBe('e')
    expect(ids(narrowed(rows, { find: 'zmd' }))).toBe('b')
    expect(ids(narrowed(rows, { find: '没有这家' }))).toBe('')
  })

  it('is counted by what its filters show', () => {
    expect(counted(rows)).toEqual({ needs: 1, unfinished: 1, working: 2, paused: 1 })
  })

  it('of a thousand is worked out at once', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => aConnection({ id: `c${n}`, name: `店铺 ${n}` }))
    expect(narrowed(connectionRows(many, kinds), { find: '999' })).toHaveLength(1)
  })
})
