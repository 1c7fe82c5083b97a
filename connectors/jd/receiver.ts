import { hash } from 'node:crypto'
import { textOf } from '../kit/said.ts'

/** The longest texts the unified order takes, and room for the town before the address. */
const LONGEST = { name: 120, phone: 60, detail: 400 } as const
const HEAD_CHARS = 8
const DIGEST_CHARS = 16

/**
 * Who receives an order, in texts that fit the unified order. JD encrypts them, and its ciphertext may be longer
 * than any phone: such a text is cut to its head and a digest of the whole, so that the same receiver stays the
 * same and no two become one. The full ciphertext stays in `consigneeInfo`.
 */
export function receiverOf(consignee: Readonly<Record<string, unknown>>) {
  const phone = textOf(consignee.mobile) || textOf(consignee.telephone)
  return {
    name: fitted(textOf(consignee.fullname), LONGEST.name),
    phone: fitted(phone, LONGEST.phone),
    detail: `${textOf(consignee.town)} ${fitted(textOf(consignee.fullAddress), LONGEST.detail)}`.trim(),
  }
}

function fitted(text: string, longest: number): string {
  const whole = text.trim()
  if (whole.length <= longest) return whole
  return `${whole.slice(0, HEAD_CHARS)}…${hash('sha256', whole, 'hex').slice(0, DIGEST_CHARS)}`
}
