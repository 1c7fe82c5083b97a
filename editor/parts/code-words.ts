import { orderFields } from '../../server/workflow/order-fields.ts'
import type { Language } from '../../server/workflow/text.ts'
import type { RunStatus } from '../api/contract.ts'
import type { T } from '../i18n/i18n.ts'

const channels = new Map(
  orderFields.find(({ path }) => path === 'order.channel')?.options?.map(({ value, name }) => [value, name]),
)

/** A channel's name as people say it; a channel of the user's own making is its own name. */
export function channelWord(channel: string, language: Language): string {
  return channels.get(channel)?.[language] ?? channel
}

const outcomes = {
  accepted: 'parts.outcomeAccepted',
  ship: 'parts.outcomeShip',
  transfer: 'parts.outcomeTransfer',
  purchase: 'parts.outcomePurchase',
  backorder: 'parts.outcomeBackorder',
  merged: 'parts.outcomeMerged',
  dropped: 'parts.outcomeDropped',
  returned: 'parts.outcomeReturned',
  quarantined: 'parts.outcomeQuarantined',
} as const

/** An outcome of the rules library in words; the code where a workflow made up its own. */
export function outcomeWord(outcome: string | undefined, t: T): string {
  if (!outcome) return ''
  return Object.hasOwn(outcomes, outcome) ? t(outcomes[outcome as keyof typeof outcomes]) : outcome
}

const statuses = {
  done: 'parts.statusDone',
  waiting: 'parts.statusWaiting',
  failed: 'parts.statusFailed',
} as const

export function statusWord(status: RunStatus, t: T): string {
  return t(statuses[status])
}
