import { type Rules, ruleOf, sourcesOf } from './rules.ts'

/** Where the intake finds what a document is; dotted paths, the first found counts. */
export interface Identity {
  readonly orderId: readonly string[]
  readonly version?: readonly string[]
  readonly buyer?: readonly string[]
}

/** The intake reads plain dotted paths only. */
const PLAIN = /^[^[\]$]+$/

/** The identity a mapping implies: order number, time of the last change, and the phone that tells one buyer. */
export function impliedIdentity(rules: Rules): Partial<Identity> {
  const paths = (target: string) => sourcesOf(ruleOf(rules, target)).filter(path => PLAIN.test(path))
  const [orderId, version, buyer] = [paths('orderId'), paths('modifiedAt'), paths('phone')]
  return {
    ...(orderId.length > 0 ? { orderId } : {}),
    ...(version.length > 0 ? { version } : {}),
    ...(buyer.length > 0 ? { buyer } : {}),
  }
}

export function readIdentity(value: unknown): Identity {
  const record = typeof value === 'object' && value !== null ? (value as Partial<Identity>) : {}
  return { ...record, orderId: record.orderId ?? [] }
}

/** The identity with other paths for one of its parts; a part without paths is left out, except the order id. */
export function withPaths(identity: Identity, part: keyof Identity, paths: readonly string[]): Identity {
  if (paths.length > 0 || part === 'orderId') return { ...identity, [part]: paths }
  return Object.fromEntries(Object.entries(identity).filter(([name]) => name !== part)) as unknown as Identity
}
