import { randomBytes } from 'node:crypto'
import { unixSeconds } from '../kit/shanghai-time.ts'
import type { SimChange } from '../simulators/shop.ts'
import type { SimPush } from '../simulators/simulator.ts'
import { encryptPush } from './cipher.ts'
import { pushSignature } from './sign.ts'
import { afterSaleStatus, openIdOf } from './sim-order.ts'

/** How pushes are set up in the console. */
export interface SimPushing {
  readonly mode: 'plain' | 'compat' | 'safe'
  readonly format: 'json' | 'xml'
}

interface SimPushSecrets {
  readonly appId: string
  readonly pushToken: string
  readonly encodingAesKey: string
}

const ACCOUNT = 'gh_sim0000000'

/** The check of an address, made when it is entered in the console: whoever is there must repeat `echostr`. */
export function addressCheck(now: Date, { pushToken }: SimPushSecrets): Readonly<Record<string, string>> {
  const timestamp = String(unixSeconds(now))
  const nonce = String(randomBytes(4).readUInt32BE(0))
  const echostr = randomBytes(8).readBigUInt64BE(0).toString()
  return { signature: pushSignature(pushToken, timestamp, nonce), timestamp, nonce, echostr }
}

const EVENTS: Readonly<
  Record<Exclude<SimChange['what'], 'refund'>, readonly [string, string, number | string]>
> = {
  created: ['channels_ec_order_new', '', 0],
  paid: ['channels_ec_order_pay', 'pay_time', 0],
  shipped: ['channels_ec_order_deliver', 'finish_delivery', 1],
  signed: ['channels_ec_order_confirm', 'confirm_type', 1],
  closed: ['channels_ec_order_cancel', 'cancel_type', 1],
  changed: ['channels_ec_order_ext_info_update', 'type', 2],
}

/** The push of a change, sealed as the console is set to. */
export function pushOf(change: SimChange, now: Date, secrets: SimPushSecrets, pushing: SimPushing): SimPush {
  const isXml = pushing.format === 'xml'
  const fields = fieldsOf(change, now)
  const message = isXml ? xmlOf(fields) : jsonOf(fields)
  const timestamp = String(unixSeconds(now))
  const nonce = String(randomBytes(4).readUInt32BE(0))
  const query = {
    signature: pushSignature(secrets.pushToken, timestamp, nonce),
    timestamp,
    nonce,
    openid: openIdOf(change.order),
  }
  const headers = { 'content-type': isXml ? 'text/xml' : 'application/json' }
  if (pushing.mode === 'plain') return { method: 'POST', query, headers, body: message }
  const Encrypt = encryptPush(message, secrets.encodingAesKey, secrets.appId)
  const sealed: Fields = pushing.mode === 'compat' ? { ...fields, Encrypt } : { ToUserName: ACCOUNT, Encrypt }
  return {
    method: 'POST',
    query: {
      ...query,
      encrypt_type: 'aes',
      msg_signature: pushSignature(secrets.pushToken, timestamp, nonce, Encrypt),
    },
    headers,
    body: isXml ? xmlOf(sealed) : jsonOf(sealed),
  }
}

/** A bare integer, beyond 2^53. */
interface Big {
  readonly digits: string
}
type Field = string | number | Big | { readonly [name: string]: string | number | Big }
type Fields = Readonly<Record<string, Field>>

function fieldsOf({ what, order, refund }: SimChange, now: Date): Fields {
  const head = {
    ToUserName: ACCOUNT,
    FromUserName: openIdOf(order),
    CreateTime: unixSeconds(now),
    MsgType: 'event',
  }
  if (what === 'refund')
    return {
      ...head,
      Event: 'channels_ec_aftersale_update',
      finder_shop_aftersale_status_update: {
        status: refund ? afterSaleStatus(refund) : '',
        after_sale_order_id: refund?.id ?? '',
        order_id: order.id,
      },
    }
  const [event, name, value] = EVENTS[what]
  return {
    ...head,
    Event: event,
    order_info: {
      order_id: { digits: order.id },
      ...(name !== '' && { [name]: name === 'pay_time' ? unixSeconds(order.paidAt ?? now) : value }),
    },
  }
}

const isBig = (value: object): value is Big => 'digits' in value && Object.keys(value).length === 1

function jsonOf(value: Field | Fields): string {
  if (typeof value !== 'object') return JSON.stringify(value)
  if (isBig(value)) return String(value.digits)
  return `{${Object.entries(value)
    .map(([name, each]) => `${JSON.stringify(name)}:${jsonOf(each)}`)
    .join(',')}}`
}

const xmlOf = (fields: Fields): string => `<xml>${xmlPart(fields)}</xml>`

function xmlPart(value: Field | Fields): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return `<![CDATA[${value}]]>`
  if (isBig(value)) return String(value.digits)
  return Object.entries(value)
    .map(([name, each]) => `<${name}>${xmlPart(each)}</${name}>`)
    .join('')
}
