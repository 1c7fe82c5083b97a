import type { Receiver } from '../connector.ts'
import { recordOf } from '../kit/said.ts'

/** The order with a readable receiver beside its ciphertext and mask, which stay; what was not told is read as masked. */
export const readable = (
  document: unknown,
  { name, phone, detail }: Receiver,
): Readonly<Record<string, unknown>> => ({
  ...recordOf(document),
  decrypted: { receiver_name: name, receiver_phone: phone, receiver_address: detail },
})
