import type { Receiver } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { type Fields, numberOf, recordOf, rowsOf, textOf } from '../kit/said.ts'
import { callShop } from './call-shop.ts'
import type { DouyinContext } from './client.ts'

const NOTHING: ReadonlyMap<string, Fields> = new Map()

/**
 * The receiver of an order by `order.batchDecrypt`, in one call that counts against the shop's quota. What stands in
 * the document readable is not asked for.
 * @throws ConnectorError
 */
export async function reveal(document: unknown, context: DouyinContext): Promise<Receiver> {
  const order = recordOf(document)
  const place = recordOf(order.post_addr)
  const ciphers = {
    name: textOf(order.encrypt_post_receiver),
    phone: textOf(order.encrypt_post_tel),
    detail: textOf(place.encrypt_detail),
  }
  const told = {
    name: textOf(order.post_receiver),
    phone: textOf(order.post_tel),
    detail: textOf(place.detail),
  }
  const asked = (['name', 'phone', 'detail'] as const)
    .filter(part => told[part] === '')
    .map(part => ciphers[part])
    .filter(cipher => cipher !== '')
  const answers = asked.length > 0 ? await decrypt(textOf(order.order_id), asked, context) : NOTHING
  const phone = answers.get(ciphers.phone)
  return {
    name: told.name || textOf(answers.get(ciphers.name)?.decrypt_text),
    phone: told.phone || textOf(phone?.decrypt_text),
    detail: told.detail || textOf(answers.get(ciphers.detail)?.decrypt_text),
    isVirtualPhone: told.phone === '' && phone?.is_virtual_tel === true,
  }
}

/**
 * The order with a readable receiver where the platform would write it. A phone of the platform differs from order to
 * order: the buyer is then known by the id that does not.
 */
export function readable(document: unknown, receiver: Receiver): unknown {
  const order = recordOf(document)
  return {
    ...order,
    post_receiver: receiver.name,
    post_tel: receiver.phone,
    post_addr: { ...recordOf(order.post_addr), detail: receiver.detail },
    ...(receiver.isVirtualPhone && { _buyer: order.doudian_open_id }),
  }
}

async function decrypt(
  orderId: string,
  ciphers: readonly string[],
  context: DouyinContext,
): Promise<ReadonlyMap<string, Fields>> {
  const data = await callShop(context, {
    method: 'order.batchDecrypt',
    params: { cipher_infos: ciphers.map(cipher => ({ auth_id: orderId, cipher_text: cipher })) },
    effect: 'read',
    mayBePartial: true,
  })
  const answers = rowsOf(data.decrypt_infos)
  const refused = answers.find(({ err_no }) => numberOf(err_no) !== 0)
  if (refused)
    throw new ConnectorError({
      class: 'business',
      code: textOf(refused.err_no),
      said: textOf(refused.err_msg),
    })
  return new Map(answers.map(answer => [textOf(answer.cipher_text), answer]))
}
