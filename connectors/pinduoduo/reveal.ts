import type { Receiver } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { type Fields, listOf, recordOf, textOf } from '../kit/said.ts'
import { callPinduoduo } from './client.ts'
import { pinduoduoFault } from './faults.ts'
import { readOrder } from './orders.ts'
import type { PinduoduoContext } from './settings.ts'

const ENCRYPTED = ['receiver_name', 'receiver_phone', 'receiver_address'] as const

/** Who receives an order, by `pdd.open.decrypt.batch`: its quota is the shop's, so it is asked for one order at a time. */
export async function revealReceiver(document: unknown, context: PinduoduoContext): Promise<Receiver> {
  const known = recordOf(document)
  const orderSn = textOf(known.order_sn)
  // The platform shows ciphertext only while the order waits to be shipped.
  const order = isEncrypted(known) ? known : await readOrder(orderSn, context)
  if (!order || !isEncrypted(order))
    throw new ConnectorError({
      class: 'business',
      said: '拼多多只在订单待发货、且不在审核中时才提供收件人信息 · Pinduoduo tells the receiver only while the order waits to be shipped',
    })
  const answer = await callPinduoduo(context, 'pdd.open.decrypt.batch', {
    data_list: ENCRYPTED.map(field => ({ data_tag: orderSn, encrypted_data: textOf(order[field]) })),
  })
  const rows = listOf(answer.data_decrypt_list).map(recordOf)
  const [name, phone, detail] = ENCRYPTED.map(field => rowFor(textOf(order[field]), rows))
  return {
    name: readable(name),
    phone: phoneOf(phone),
    detail: readable(detail),
    isVirtualPhone: !['', '0'].includes(textOf(phone?.virtual_number_type)),
  }
}

const isEncrypted = (order: Fields) => ENCRYPTED.every(field => textOf(order[field]) !== '')

const rowFor = (ciphertext: string, rows: readonly Fields[]) =>
  rows.find(row => textOf(row.encrypted_data) === ciphertext)

/** Each text is refused for itself. */
function readable(row: Fields | undefined): string {
  const code = textOf(row?.error_code)
  if (code !== '' && code !== '0') throw new ConnectorError(pinduoduoFault(code, textOf(row?.error_msg)))
  if (!row) throw new ConnectorError({ class: 'unreadable', said: 'data_decrypt_list' })
  return textOf(row.decrypted_data)
}

/** A virtual number is dialled with its extension. */
function phoneOf(row: Fields | undefined): string {
  const extension = textOf(row?.virtual_identify_number)
  const number = readable(row)
  return extension === '' || number.endsWith(extension) ? number : `${number}-${extension}`
}
