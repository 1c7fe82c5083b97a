import type { ParcelState } from '../kit/parcel.ts'
import { listOf, textOf } from '../kit/said.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import type { SimParcels, SimScan, SimTracked } from '../simulators/parcels.ts'
import type { ServiceAnswer } from './sim-gate.ts'
import { NUMBERS_PER_CALL } from './track.ts'

interface Words {
  readonly opCode: string
  readonly remark: string
  readonly first: readonly [string, string]
  readonly second: readonly [string, string]
}

const MOVING = { first: ['2', '运送中'], second: ['201', '运送中'] } as const
const WORDS: Readonly<Record<ParcelState, Words>> = {
  waiting: { opCode: '647', remark: '商家正在准备快件', ...MOVING },
  collected: {
    opCode: '54',
    remark: '顺丰速运 已收取快件',
    first: ['1', '已揽收'],
    second: ['101', '已揽收'],
  },
  'in-transit': { opCode: '30', remark: '快件在【杭州中转场】完成分拣,准备发往【上海中转场】', ...MOVING },
  'out-for-delivery': {
    opCode: '44',
    remark: '快件交给演示员,正在派送途中',
    first: ['3', '派送中'],
    second: ['301', '派送中'],
  },
  signed: { opCode: '80', remark: '已签收,感谢使用顺丰', first: ['4', '已签收'], second: ['401', '已签收'] },
  returning: { opCode: '648', remark: '快件已退回/转寄,新单号为: ', ...MOVING },
  returned: { opCode: '80', remark: '退件已签收', first: ['4', '已签收'], second: ['401', '已签收'] },
  exception: { opCode: '33', remark: '快件派送不成功(电话无人接听),待再次派送', ...MOVING },
}

function rowOf(parcel: SimTracked, { at, state, place }: SimScan) {
  const { opCode, remark, first, second } = WORDS[state]
  return {
    acceptAddress: place,
    acceptTime: shanghaiText(at),
    remark: state === 'returning' ? remark + (parcel.returnWaybill ?? '') : remark,
    opCode,
    firstStatusCode: first[0],
    firstStatusName: first[1],
    secondaryStatusCode: second[0],
    secondaryStatusName: second[1],
  }
}

/** A row as RoutePushService sends it: the numbers are called otherwise than in a query. */
export function pushedRow(parcel: SimTracked, scan: SimScan, id: number) {
  return {
    id: String(166_000_000_000_000 + id),
    mailno: parcel.waybill,
    orderid: '',
    ...rowOf(parcel, scan),
    reasonCode: '',
    reasonName: '',
  }
}

/** EXP_RECE_SEARCH_ROUTES. */
export function routesOf(parcels: SimParcels, message: Readonly<Record<string, unknown>>): ServiceAnswer {
  const numbers = listOf(message.trackingNumber).map(textOf)
  if (numbers.length === 0) return { errorCode: 'S0002', errorMsg: '必填参数%s为空' }
  if (numbers.length > NUMBERS_PER_CALL) return { errorCode: '8003', errorMsg: '查询单号超过最大限制10个' }
  const checked = textOf(message.checkPhoneNo)
  const routeResps = numbers.map(mailNo => {
    const parcel = parcels.get(mailNo)
    const isShown = parcel && (parcel.phoneTails.length === 0 || parcel.phoneTails.includes(checked))
    return { mailNo, routes: isShown ? parcel.scans.map(scan => rowOf(parcel, scan)) : [] }
  })
  return { data: { routeResps } }
}
