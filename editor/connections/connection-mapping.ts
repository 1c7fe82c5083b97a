import type { Connection } from '../api/connection-contract.ts'
import { type Identity, readIdentity } from '../mapper/identity.ts'
import { type Rules, readRules } from '../mapper/rules.ts'

/** What a person may change about how the documents of a connection are read. */
export interface ConnectionReading {
  readonly rules: Rules
  readonly negativeQuantity: 'refuse' | 'return' | undefined
  readonly identity: Identity
}

/** The reading a connection has now; without a mapping there are no rules yet. */
export function readMapping({ mapping, identity }: Connection): ConnectionReading {
  const stored = asRecord(mapping)
  const { negativeQuantity } = stored
  return {
    rules: readRules(stored.fields),
    negativeQuantity:
      negativeQuantity === 'return' || negativeQuantity === 'refuse' ? negativeQuantity : undefined,
    identity: readIdentity(identity),
  }
}

/** The fields of a connection that store a reading. An order id nobody named keeps the paths there were. */
export function storedMapping(
  reading: ConnectionReading,
  { mapping, identity }: Connection,
): { mapping: object; identity: object } {
  const { negativeQuantity: _, ...rest } = asRecord(mapping)
  const { rules, negativeQuantity } = reading
  return {
    mapping: { ...rest, fields: rules, ...(negativeQuantity ? { negativeQuantity } : {}) },
    identity:
      reading.identity.orderId.length > 0
        ? reading.identity
        : { ...reading.identity, orderId: readIdentity(identity).orderId },
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
