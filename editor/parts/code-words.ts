import { orderFields } from '../../server/workflow/order-fields.ts'
import { outcomes, wordOf } from '../../server/workflow/outcomes.ts'
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

/** How a run came out, in words; what somebody wrote in their own words is its own name. */
export function outcomeWord(outcome: string | undefined, language: Language): string {
  return outcome ? wordOf(outcomes, outcome)[language] : ''
}

const statuses = {
  done: 'parts.statusDone',
  waiting: 'parts.statusWaiting',
  failed: 'parts.statusFailed',
} as const

export function statusWord(status: RunStatus, t: T): string {
  return t(statuses[status])
}
