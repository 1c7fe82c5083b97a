import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { shanghaiText } from '../../connectors/kit/shanghai-time.ts'
import { lineAfterSale, orderAfterSale } from '../../connectors/taobao/after-sale.ts'
import taobao from '../../connectors/taobao/connector.ts'
import { tradeDocument } from '../../connectors/taobao/document.ts'
import { topFault } from '../../connectors/taobao/faults.ts'
import { signTop } from '../../connectors/taobao/sign.ts'
import { parseJson } from '../../server/intake/json.ts'
import type { Order } from '../../server/workflow/order.ts'
import type { ConnectorRoom } from './support/connector-room.ts'
import { mapHandedOver } from './support/map-handed-over.ts'
import { shapeOf } from './support/shape.ts'
import { taobaoCall } from './support/taobao-call.ts'
import { minutesAgo, taobaoRoom } from './support/taobao-room.ts'

const samples = new URL('../../../shared/reference/samples/', import.meta.url)
const present = existsSync(samples)
if (!present)
  console.warn('The platform samples (../shared/reference/samples) are absent: their tests are skipped.')

type Row = Readonly<Record<string, unknown>>
const orderOf = (document: unknown): Order => mapHandedOver({ connector: taobao }, document)

let room: ConnectorRoom | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

async function open(...how: Parameters<typeof taobaoRoom>): Promise<ConnectorRoom> {
  room = await taobaoRoom(...how)
  return room
}

describe('the signature of Taobao', () => {
  const params = {
    method: 'taobao.item.seller.get',
    app_key: '12345678',
    session: 'test',
    timestamp: '2016-01-01 12:00:00',
    format: 'json',
    v: '2.0',
    fields: 'num_iid,title,nick,price,num',
    num_iid: '11223344',
  }

  it.each([
    ['md5', '66987CB115214E59E6EC978214934FB8'],
    ['hmac', 'D56D7858309C31B6251083A874D48273'],
    ['hmac-sha256', '04DB15AD0774D5CFCE2C837DE43E3FCEA9011ED74F3038FB6AB5F3C4CEA119E8'],
  ] as const)('is the documented one by %s', (sign_method, expected) => {
    expect(signTop({ ...params, sign_method }, 'helloworld')).toBe(expected)
  })

  it('leaves out itself and what has no value', () => {
    const signed = { ...params, sign_method: 'md5', sign: 'XX', sub_tid: '' }
    expect(signTop(signed, 'helloworld')).toBe('66987CB115214E59E6EC978214934FB8')
  })

  it.each(['md5', 'hmac', 'hmac-sha256'])('is taken by the platform by %s', async signMethod => {
    const at = await open({}, { settings: { signMethod } })
    at.simulator.shop!.place({ at: minutesAgo(5) })
    await at.poll()
    expect(at.orders().size).toBe(1)
  })
})

describe('an error of Taobao', () => {
  it.each([
    [{ code: 7, msg: 'App Call Limited' }, 'throttled'],
    [{ code: 10, msg: 'Service Currently Unavailable' }, 'platform'],
    [{ code: 11, msg: 'Insufficient ISV permissions' }, 'permission'],
    [{ code: 15, msg: 'Remote service error', sub_code: 'isv.trade-not-exist' }, 'business'],
    [{ code: 15, msg: 'Remote service error', sub_code: 'isp.remote-service-timeout' }, 'platform'],
    [{ code: 11, msg: 'x', sub_code: 'isv.permission-ip-whitelist-limit' }, 'permission'],
    [{ code: 25, msg: 'Invalid signature' }, 'credentials'],
    [{ code: 26, msg: 'Missing session' }, 'token'],
    [{ code: 27, msg: 'Invalid session', sub_code: 'invalid-sessionkey' }, 'token'],
    [{ code: 29, msg: 'Invalid app Key' }, 'credentials'],
    [{ code: 31, msg: 'Invalid timestamp' }, 'clock'],
    [{ code: 40, msg: 'Missing required arguments:fields' }, 'request'],
    [{ code: 999, msg: 'something new' }, 'business'],
  ] as const)('%o is told as "%s"', (error, expected) => {
    expect(topFault(error)).toMatchObject({ class: expected })
  })

  it('says how long a ban lasts', () => {
    const sub_msg = 'This ban will last for 3 more seconds'
    expect(topFault({ code: 7, sub_code: 'accesscontrol.limited-by-api-access-count', sub_msg })).toEqual({
      class: 'throttled',
      code: 'accesscontrol.limited-by-api-access-count',
      said: sub_msg,
      retryAfterMs: 3_000,
    })
  })
})

describe('the after-sale axis of Taobao', () => {
  it.each([
    ['NO_REFUND', 'none'],
    [undefined, 'none'],
    ['WAIT_SELLER_AGREE', 'refunding'],
    ['WAIT_BUYER_RETURN_GOODS', 'refunding'],
    ['WAIT_SELLER_CONFIRM_GOODS', 'refunding'],
    ['SELLER_REFUSE_BUYER', 'refunding'],
    ['SOMETHING_NEW', 'refunding'],
    ['SUCCESS', 'refunded'],
    ['CLOSED', 'refund-closed'],
  ])('reads %s as "%s"', (status, expected) => {
    expect(lineAfterSale(status)).toBe(expected)
  })

  it.each([
    [['none', 'none'], 'none'],
    [['none', 'refunding'], 'refunding'],
    [['refunded', 'refunding'], 'refunding'],
    [['refunded', 'refunded'], 'refunded'],
    [['refunded', 'none'], 'none'],
    [['refund-closed', 'none'], 'refund-closed'],
    [[], 'none'],
  ] as const)('makes of the lines %o the order "%s"', (lines, expected) => {
    expect(orderAfterSale(lines)).toBe(expected)
  })
})

const sampleOf = (file: string) => parseJson(readFileSync(new URL(file, samples), 'utf8')) as Row
const at = (value: unknown, ...path: readonly (string | number)[]): Row =>
  path.reduce<unknown>((part, key) => (part as Readonly<Record<string | number, unknown>>)[key], value) as Row

describe.skipIf(!present)('the documented answers of Taobao', () => {
  it('map to the unified order, ids digit for digit, money in fen, times of Shanghai', () => {
    const list = sampleOf('taobao-taobao.trades.sold.increment.get.json')
    const refunds = sampleOf('taobao-taobao.refunds.receive.get.json')
    const trade = at(list, 'trades_sold_increment_get_response', 'trades', 'trade', 1)
    const refund = at(refunds, 'refunds_receive_get_response', 'refunds', 'refund', 0)
    expect(orderOf(tradeDocument(trade, [refund]))).toMatchObject({
      orderId: '4123456789012349999',
      order_customer_name: '张**',
      phone: '*******0000',
      items: [
        { sku: 'TSHIRT-BLK-L', quantity: 1, unitPriceFen: 12_900, paidFen: 11_900, afterSale: 'refunding' },
      ],
      paidFen: 11_900,
      orderedAt: new Date('2026-10-01T10:03:40+08:00'),
      paidAt: new Date('2026-10-01T10:05:12+08:00'),
      status: 'shipped',
      afterSale: 'refunding',
      waybill: 'SF0000000000001',
      carrier: 'sf',
    })
  })

  it('say the same of a trade whether the list or the trade alone was read', () => {
    const list = sampleOf('taobao-taobao.trades.sold.increment.get.json')
    const full = sampleOf('taobao-taobao.trade.fullinfo.get.json')
    const listed = at(list, 'trades_sold_increment_get_response', 'trades', 'trade', 0)
    const alone = at(full, 'trade_fullinfo_get_response', 'trade')
    const [one, other] = [tradeDocument(listed, []), tradeDocument(alone, [])]
    expect(one._version).toBe(other._version)
    expect(orderOf(one)).toEqual(orderOf(other))
  })

  it.each([
    ['taobao.trades.sold.increment.get', 'taobao-taobao.trades.sold.increment.get.json', 'trades'],
    ['taobao.refunds.receive.get', 'taobao-taobao.refunds.receive.get.json', 'refunds'],
    ['taobao.trade.fullinfo.get', 'taobao-taobao.trade.fullinfo.get.json', 'trade'],
  ] as const)('have the names and types of what the simulator answers to %s', async (method, file, what) => {
    const now = await open()
    const shop = now.simulator.shop!
    const lines = [{ sku: 'TEE-WHT-M', quantity: 1, paidFen: 11_900 }]
    const shipped = shop.place({ at: minutesAgo(9), lines })
    shop.ship(shipped.id, { carrier: 'SF', number: 'SF1', lineIds: [shipped.lines[0]!.lineId] })
    shop.askRefund(shipped.id, { kind: 'return' })
    const paid = shop.place({ at: minutesAgo(5), lines })
    paid.modifiedAt = new Date(Date.now() + 1_000)
    const sample = Object.values(sampleOf(file))[0] as Row
    const rows = what === 'trade' ? [sample.trade] : at(sample, what, what.slice(0, -1))
    const fields = [...new Set((rows as unknown as Row[]).flatMap(row => Object.keys(row)))].join(',')
    const answered = await taobaoCall(now, method, {
      fields,
      tid: paid.id,
      ...(what !== 'trade' && {
        start_modified: shanghaiText(minutesAgo(10)),
        end_modified: shanghaiText(new Date(Date.now() + 60_000)),
      }),
    })
    expect(shapeOf(Object.values(answered)[0])).toEqual(shapeOf(sample))
    if (what === 'trades')
      expect(shapeOf(at(Object.values(answered)[0], what, 'trade', 1))).toEqual(
        shapeOf(at(sample, what, 'trade', 1)),
      )
  })
})
