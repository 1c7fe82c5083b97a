import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { addressParam } from '../../connectors/alibaba1688/address.ts'
import { fromAopTime } from '../../connectors/alibaba1688/aop-time.ts'
import alibaba1688 from '../../connectors/alibaba1688/connector.ts'
import { aopFault } from '../../connectors/alibaba1688/faults.ts'
import { cargoOf } from '../../connectors/alibaba1688/goods.ts'
import { purchaseState, stateOf } from '../../connectors/alibaba1688/purchase-state.ts'
import type { Context1688 } from '../../connectors/alibaba1688/settings.ts'
import { signAop } from '../../connectors/alibaba1688/sign.ts'
import { nodesOf } from '../../connectors/alibaba1688/track.ts'
import type { Fields } from '../../connectors/kit/said.ts'
import { parseJson } from '../../server/intake/json.ts'
import { alibaba1688Room, purchaseCall, type Room1688 } from './support/alibaba1688-room.ts'
import { shapeOf } from './support/shape.ts'

const samples = new URL('../../../shared/reference/samples/', import.meta.url)
const present = existsSync(samples)
if (!present)
  console.warn('The platform samples (../shared/reference/samples) are absent: their tests are skipped.')

const FAST = 'alibaba.trade.fastCreateOrder'
let room: Room1688 | undefined
afterEach(() => room?.close())

describe('the signature of 1688', () => {
  const secret = 'test_app_secret_0123456789abcdef'
  const pathOf = (api: string) => `param2/1/com.alibaba.trade/${api}/1234567`

  it.each([
    [
      'alibaba.trade.getBuyerOrderList',
      {
        access_token: 'tok-simple-0001',
        createStartTime: '2026-10-01 00:00:00',
        createEndTime: '2026-10-01 23:59:59',
        isHis: 'false',
        orderStatus: 'waitbuyerreceive',
        page: '1',
        pageSize: '50',
        webSite: '1688',
      },
      'EC0BC1B49C629EDFD286D936EFC6E497D673EADA',
    ],
    [
      'alibaba.trade.get.buyerView',
      { access_token: 'tok-simple-0001', orderId: '2820123456789012345', webSite: '1688' },
      '0CAB37B6A230CA59BC6189A5F8640C1F79A12B6F',
    ],
    [
      FAST,
      {
        access_token: '6100abcdef6100abcdef6100abcdef',
        _aop_timestamp: '1728273600000',
        flow: 'general',
        message: 'OZON-0001-0001',
        addressParam:
          '{"fullName":"张三","mobile":"13800138000","phone":"0571-88888888","postCode":"310000","provinceText":"浙江省","cityText":"杭州市","areaText":"西湖区","townText":"","address":"文一西路 969 号","districtCode":""}',
        cargoParamList: '[{"offerId":612345678901,"specId":"b266e0726506185beaf205cbae88530d","quantity":2}]',
      },
      'B3A46F477583CA62A417EF812833BEFD91C5A9AF',
    ],
  ])('of %s is the documented one', (api, params, expected) => {
    expect(signAop(pathOf(api), params, secret)).toBe(expected)
    expect(signAop(pathOf(api), { ...params, _aop_signature: 'XX' }, secret)).toBe(expected)
  })
})

describe('a failure told by 1688', () => {
  it.each([
    [{ error_code: 'gw.SignatureInvalid', error_message: 'x' }, 400, 'credentials'],
    [{ error_code: 'gw.QosAppFrequencyLimit', error_message: 'x' }, 400, 'throttled'],
    [{ error_code: 'gw.APIUnsupported', error_message: 'x' }, 404, 'request'],
    [{ error_code: 'gw.APIACLDecline', error_message: 'x' }, 403, 'permission'],
    [{ error_code: '401', error_message: 'Request need user authorized' }, 401, 'token'],
    [{ error_code: 'gw.Other', error_message: 'Request need user authorized' }, 400, 'token'],
    [{ error_code: 'gw.Internal', error_message: 'x' }, 500, 'platform'],
    [{ success: false, code: '500_004', message: '商品库存不足' }, 200, 'business'],
    [{ success: 'false', errorCode: '404', errorMessage: '订单不存在' }, 200, 'business'],
    [{ errorCode: '404', errorMsg: '订单不存在' }, 200, 'business'],
    [[], 200, 'unreadable'],
  ])('%o with status %i is "%s"', (body, status, expected) => {
    expect(aopFault(body, status)).toMatchObject({ class: expected })
  })

  it.each([[{ success: true, result: {} }], [{ success: 'true', code: '200' }], [{ result: {} }]])(
    'is not %o',
    body => {
      expect(aopFault(body, 200)).toBeUndefined()
    },
  )
})

describe('what is bought for SKUs of ours', () => {
  const goods = [
    { sku: 'A', offerId: '612', specId: 'x' },
    { sku: 'B', offerId: '613', unitsPerPack: 10 },
    { sku: 'B2', offerId: '613', unitsPerPack: 1 },
  ]

  it('is whole packs of the offers they are linked to, one entry for each', () => {
    const lines = [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 11 },
      { sku: 'B', quantity: 9 },
      { sku: 'B2', quantity: 3 },
    ]
    expect(cargoOf(lines, goods)).toEqual([
      { offerId: 612, specId: 'x', quantity: 2 },
      { offerId: 613, quantity: 5 },
    ])
  })

  it('is nothing while a SKU is linked to no offer, and which ones is said', () => {
    expect(() => cargoOf([{ sku: 'Z', quantity: 1 }], goods)).toThrow('没有关联 1688 货品：Z')
  })
})

describe('where a purchase is sent', () => {
  const customer = { province: '浙江省', city: '杭州市', district: '余杭区', detail: '文一路 1 号' }

  it('is our warehouse, saved on 1688 or written out', () => {
    expect(addressParam(undefined, { addressId: '77' })).toEqual({ addressId: 77 })
    const written = {
      addressFrom: 'written',
      fullName: '仓库',
      mobile: '13800138000',
      provinceText: '浙江省',
      cityText: '杭州市',
      address: '文一路 1 号',
    } as const
    expect(addressParam(undefined, written)).toMatchObject({ fullName: '仓库', cityText: '杭州市' })
    expect(() => addressParam(undefined, {})).toThrow('没有填 1688 收货地址编号')
    expect(() => addressParam(undefined, { ...written, mobile: '' })).toThrow('不完整')
  })

  it('is the customer where goods go straight to one, unless nobody could read the name', () => {
    expect(addressParam({ ...customer, name: '张三', phone: '13800138000' }, {})).toMatchObject({
      fullName: '张三',
      mobile: '13800138000',
      areaText: '余杭区',
      address: '文一路 1 号',
    })
    expect(() => addressParam({ ...customer, name: '张**', phone: '1' }, {})).toThrow('打码')
    expect(() => addressParam(customer, {})).toThrow('姓名和手机号')
  })
})

describe('times of 1688', () => {
  it('are instants, whatever the zone of this machine', () => {
    expect(fromAopTime('20261001100340123+0800')).toEqual(new Date('2026-10-01T02:03:40.123Z'))
    expect(fromAopTime('2026-10-01 10:03:40')).toBeUndefined()
    expect(fromAopTime(null)).toBeUndefined()
  })
})

describe.skipIf(!present)('the documented answers of 1688', () => {
  const sampleOf = (file: string) =>
    parseJson(readFileSync(new URL(`1688-${file}.json`, samples), 'utf8')) as Readonly<
      Record<string, unknown>
    >

  it('are read: ids digit for digit, yuan and fen, times with their zone, parcels and their scans', () => {
    const view = sampleOf('alibaba.trade.get.buyerView').result as Fields
    expect(stateOf(view)).toEqual({
      purchaseId: '2820000000000000001',
      status: 'shipped',
      afterSale: 'none',
      supplier: '演示供货商',
      totalFen: 6_150,
      postFen: 800,
      createdAt: new Date('2026-10-01T10:03:40+08:00'),
      paidAt: new Date('2026-10-01T10:15:02+08:00'),
      shippedAt: new Date('2026-10-02T09:00:00+08:00'),
      parcels: [{ carrier: 'yto', waybill: 'YT0000000000001' }],
    })
    const { logisticsTrace } = sampleOf('alibaba.trade.getLogisticsTraceInfo.buyerView')
    expect(nodesOf(logisticsTrace as readonly Fields[])).toEqual([
      { at: new Date('2026-10-02T09:20:11+08:00'), state: 'collected', text: '【杭州市】已揽收', code: '' },
      { at: new Date('2026-10-03T15:01:44+08:00'), state: 'signed', text: '客户签收', code: '' },
    ])
  })

  it('tell a refusal with the goods it is about, and the limits of the gateway', () => {
    expect(aopFault(sampleOf('alibaba.trade.fastCreateOrder-fail'), 200)).toEqual({
      class: 'business',
      code: '500_004',
      said: '商品库存不足；612345678901：库存不足',
    })
    expect(aopFault(sampleOf('gateway-error'), 400)).toMatchObject({ class: 'throttled' })
  })

  it('have the names and types of what the simulator answers', async () => {
    const answers: unknown[] = []
    room = await alibaba1688Room()
    const { simulator, context } = room
    const recorded: Context1688 = {
      ...context,
      http: {
        ...context.http,
        async send(make, calling) {
          const answer = await context.http.send(make, calling)
          answers.push(answer.json())
          return answer
        },
      },
    }
    const { purchaseId } = (await alibaba1688.actions!.purchase!.perform(purchaseCall(), recorded)) as {
      purchaseId: string
    }
    expect(shapeOf(answers.at(-1))).toEqual(shapeOf(sampleOf('alibaba.trade.fastCreateOrder')))
    simulator.suppliers.pay(purchaseId)
    simulator.suppliers.ship(purchaseId, 'YT1')
    simulator.suppliers.move(purchaseId, '已揽收')
    await purchaseState(purchaseId, recorded)
    expect(shapeOf(answers.at(-1))).toEqual(shapeOf(sampleOf('alibaba.trade.get.buyerView')))
    await alibaba1688.track!([{ carrier: 'alibaba-1688', waybill: purchaseId }], recorded)
    const trace = sampleOf('alibaba.trade.getLogisticsTraceInfo.buyerView')
    expect(shapeOf(answers.at(-1))).toEqual(shapeOf(trace))
  })
})
