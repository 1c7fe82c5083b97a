import { listOf, recordOf, textOf } from '../kit/said.ts'
import type { SimShop } from '../simulators/shop.ts'

/** A part of the receiver that is shown as ciphertext, and the `data_type` it is decrypted as. */
const FIELDS = { name: 5, phone: 6, full: 7, detail: 8 } as const
type Field = keyof typeof FIELDS

/** What stands in an order in place of a part of its receiver. */
export function simulatedCipher(orderSn: string, field: Field): string {
  const text = Buffer.from(`${field} ${orderSn}`).toString('base64')
  return field === 'phone' ? `$${text}$0$` : `~${text}~0~`
}

export interface DecryptOptions {
  /** Texts a shop may have decrypted a day. */
  readonly quota: number
  /** Phones are given as virtual numbers with an extension. */
  readonly isVirtual: boolean
}

/** `data_decrypt_list` for a `data_list`: each text is answered, or refused, for itself. */
export function simulatedDecrypt(shop: SimShop, { quota, isVirtual }: DecryptOptions) {
  const used = { day: '', texts: 0 }
  return (dataList: unknown): readonly Readonly<Record<string, unknown>>[] => {
    const today = shop.clock().toISOString().slice(0, 10)
    if (used.day !== today) Object.assign(used, { day: today, texts: 0 })
    return listOf(dataList)
      .map(recordOf)
      .map(({ data_tag, encrypted_data }) => {
        const [field = '', orderSn] = plainOf(textOf(encrypted_data))
        const order = shop.order(textOf(data_tag))
        const row = { data_tag, encrypted_data }
        if (!order || orderSn !== order.id || !Object.hasOwn(FIELDS, field))
          return {
            ...row,
            data_type: 0,
            decrypted_data: '',
            error_code: 50001,
            error_msg: '解密失败，密文与订单不符',
          }
        if (++used.texts > quota)
          return {
            ...row,
            data_type: 0,
            decrypted_data: '',
            error_code: 70032,
            error_msg: '解密次数超过当日上限',
          }
        const { buyer } = order
        const texts: Readonly<Record<Field, string>> = {
          name: buyer.name,
          phone: isVirtual ? '18400000000' : buyer.phone,
          detail: buyer.detail,
          full: buyer.province + buyer.city + buyer.district + buyer.detail,
        }
        const virtual = isVirtual && field === 'phone'
        return {
          ...row,
          data_type: FIELDS[field as Field],
          decrypted_data: texts[field as Field],
          error_code: 0,
          error_msg: '',
          virtual_identify_number: virtual ? buyer.phone.slice(-4) : '',
          virtual_number_type: virtual ? 1 : 0,
        }
      })
  }
}

const plainOf = (cipher: string) =>
  Buffer.from(cipher.split(cipher.charAt(0))[1] ?? '', 'base64')
    .toString()
    .split(' ')
