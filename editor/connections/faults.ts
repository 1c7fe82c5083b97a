import type { ConnectionFault } from '../api/connection-contract.ts'

/** What a person can do about a fault from where it is shown. */
export type Remedy = 'authorize' | 'keys' | 'settings' | 'retry'

interface FaultKind {
  /** What is wrong, in two or three words. */
  readonly word: (typeof WORDS)[number]
  readonly remedy: Remedy
  /** Mends itself: it is tried again without anybody. */
  readonly passes: boolean
}

const WORDS = [
  'connections.faultNetwork',
  'connections.faultTimeout',
  'connections.faultThrottled',
  'connections.faultPlatform',
  'connections.faultUnreadable',
  'connections.faultToken',
  'connections.faultAuthorization',
  'connections.faultCredentials',
  'connections.faultPermission',
  'connections.faultClock',
  'connections.faultRequest',
  'connections.faultBusiness',
  'connections.faultBlocked',
  'connections.stateFailing',
] as const

const passing = (word: FaultKind['word']): FaultKind => ({ word, remedy: 'retry', passes: true })
const lasting = (word: FaultKind['word'], remedy: Remedy): FaultKind => ({ word, remedy, passes: false })

const KINDS: Readonly<Record<string, FaultKind>> = {
  network: passing('connections.faultNetwork'),
  timeout: passing('connections.faultTimeout'),
  throttled: passing('connections.faultThrottled'),
  platform: passing('connections.faultPlatform'),
  unreadable: passing('connections.faultUnreadable'),
  token: passing('connections.faultToken'),
  authorization: lasting('connections.faultAuthorization', 'authorize'),
  credentials: lasting('connections.faultCredentials', 'keys'),
  permission: lasting('connections.faultPermission', 'retry'),
  clock: lasting('connections.faultClock', 'retry'),
  request: lasting('connections.faultRequest', 'settings'),
  business: lasting('connections.faultBusiness', 'retry'),
  blocked: lasting('connections.faultBlocked', 'settings'),
}

/** A class nobody knows yet is a lasting fault that may be tried again. */
const OTHER = lasting('connections.stateFailing', 'retry')

export function faultKind({ class: name }: Pick<ConnectionFault, 'class'>): FaultKind {
  return Object.hasOwn(KINDS, name) ? KINDS[name]! : OTHER
}
