import { listOf, textOf } from '../kit/said.ts'
import type { SimParcels } from '../simulators/parcels.ts'
import type { ServiceAnswer } from './sim-gate.ts'

/** Returns the simulated SF was asked to fetch, by the partner's order id. */
export function simReturns(parcels: SimParcels) {
  const orders = new Map<string, object>()
  return {
    /** EXP_RECE_CREATE_REVERSE_ORDER */
    create(message: Readonly<Record<string, unknown>>): ServiceAnswer {
      const orderId = textOf(message.orderId)
      if (
        orderId === '' ||
        listOf(message.contactInfoList).length < 2 ||
        listOf(message.cargoDetails).length === 0
      )
        return { errorCode: 'S0002', errorMsg: '必填参数%s为空' }
      if (orders.has(orderId)) return { errorCode: '8016', errorMsg: '重复下单' }
      const waybillNo = `SF8${String(orders.size + 1).padStart(12, '0')}`
      parcels.expect(waybillNo)
      const made = {
        orderId,
        originCode: '021',
        destCode: '571',
        filterResult: 2,
        remark: '',
        waybillNoInfoList: [{ waybillType: 1, waybillNo }],
        routeLabelInfo: [],
      }
      orders.set(orderId, made)
      return { data: made }
    },
    /** EXP_RECE_SEARCH_ORDER_RESP */
    find(message: Readonly<Record<string, unknown>>): ServiceAnswer {
      const made = orders.get(textOf(message.orderId))
      return made && textOf(message.searchType) === '2'
        ? { data: made }
        : { errorCode: '8018', errorMsg: '未获取到订单信息' }
    },
  }
}
