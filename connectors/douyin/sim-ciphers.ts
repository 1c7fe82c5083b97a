import { hash } from 'node:crypto'
import { type Fields, rowsOf, textOf } from '../kit/said.ts'
import type { SimOrder } from '../simulators/shop.ts'
import { badParam, businessFailure, type SimAnswer } from './sim-answer.ts'

const MOST_AT_ONCE = 50

/** The receiver of an order as ciphertext: another one for each order, though the receiver be the same. */
export function ciphersOf({ id, buyer }: SimOrder) {
  const cipher = (mark: string, part: string, text: string) =>
    `${mark}${hash('sha256', `${id} ${part} ${text}`, 'base64').slice(0, 22)}*${hash('sha1', part, 'base64url').slice(0, 12)}*1${mark}`
  return {
    name: cipher('##', 'name', buyer.name),
    phone: cipher('$$', 'phone', buyer.phone),
    detail: cipher('##', 'detail', buyer.detail),
  }
}

/** Answers `order.batchDecrypt`. The first refused entry does not stop the others. */
export function simDecrypt(
  params: Fields,
  find: (orderId: string) => SimOrder | undefined,
  quota: { left: number; readonly isVirtual: boolean },
): SimAnswer {
  const infos = rowsOf(params.cipher_infos)
  if (infos.length === 0 || infos.length > MOST_AT_ONCE)
    return badParam(`cipher_infos 最多 ${MOST_AT_ONCE} 个`)
  if (quota.left < infos.length) return businessFailure(80001, '今日解密额度已用完')
  quota.left -= infos.length
  return {
    data: {
      decrypt_infos: infos.map(info => entryOf(info, find(textOf(info.auth_id)), quota.isVirtual)),
      custom_err: { code: 0, message: '' },
    },
  }
}

function entryOf(info: Fields, order: SimOrder | undefined, isVirtual: boolean) {
  const told = { auth_id: info.auth_id, cipher_text: info.cipher_text }
  const nothing = { decrypt_text: '', is_virtual_tel: false, expire_time: 0, phone_no_a: '', phone_no_b: '' }
  if (!order) return { ...told, ...nothing, err_no: 300_008, err_msg: '订单不存在', data_type: 0 }
  const ciphers = ciphersOf(order)
  const done = { ...told, ...nothing, err_no: 0, err_msg: '' }
  if (info.cipher_text === ciphers.detail) return { ...done, decrypt_text: order.buyer.detail, data_type: 1 }
  if (info.cipher_text === ciphers.name) return { ...done, decrypt_text: order.buyer.name, data_type: 2 }
  if (info.cipher_text !== ciphers.phone)
    return { ...told, ...nothing, err_no: 300_002, err_msg: '密文无效', data_type: 0 }
  if (!isVirtual) return { ...done, decrypt_text: order.buyer.phone, data_type: 3 }
  const [line, extension] = ['17000000000', String(1_000 + (order.number % 9_000))]
  return {
    ...done,
    decrypt_text: `${line}-${extension}`,
    data_type: 3,
    is_virtual_tel: true,
    phone_no_a: line,
    phone_no_b: extension,
  }
}
