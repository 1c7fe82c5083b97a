import type { ParcelState } from '../kit/parcel.ts'
import { listOf, recordOf, textOf } from '../kit/said.ts'
import { fromShanghai, shanghaiText } from '../kit/shanghai-time.ts'
import { simFaults } from '../simulators/faults.ts'
import { type SimParcels, type SimTracked, simParcels } from '../simulators/parcels.ts'
import { simLimit } from '../simulators/rate-limit.ts'
import type { Simulator } from '../simulators/simulator.ts'
import { jdlSign } from './sign.ts'

export interface JdlSimulatorOptions {
  readonly clock?: () => Date
  readonly perSecond?: number
  /** Which of the two sets of names rows carry. */
  readonly names?: 'operation' | 'operate'
}

/** The simulated JD Logistics, with the parcels it carries. */
export interface JdlSimulator extends Simulator {
  readonly parcels: SimParcels
}

const APP_KEY = 'jdl_demo_key'
const SECRET = 'jdl_demo_secret'
const TOKEN = 'jdl_demo_token'
const PATH = '/ecap/v1/orders/trace/query'
const TOLERATED_SKEW_MS = 10 * 60_000

const WORDS: Readonly<
  Record<ParcelState, readonly [code: string, category: string, title: string, remark: string]>
> = {
  waiting: ['100000', '下单', '商家下单', '等待揽收'],
  collected: ['200003', '揽收', '快递员收货', '已揽收完成'],
  'in-transit': ['200033', '运输', '分拣中心发货', '货物已离开【杭州分拣中心】'],
  'out-for-delivery': ['10028', '派送', '配送员收货', '配送员正在为您派送'],
  signed: ['10034', '签收', '妥投', '您的快件已签收'],
  returning: ['10035', '退货', '退货中', '快件正在退回商家'],
  returned: ['10036', '退货', '退货完成', '商家已收到退回的快件'],
  exception: ['10037', '异常', '再投', '收件人电话无法接通'],
}

export function jdlSimulator(options: JdlSimulatorOptions = {}): JdlSimulator {
  const { clock = () => new Date(), perSecond = 30, names = 'operation' } = options
  const faults = simFaults()
  const parcels = simParcels(clock)
  const mayCall = simLimit(perSecond, clock)
  let asked = 0

  function trace(query: Readonly<Record<string, unknown>>, body: string): object {
    const said = (name: string) => textOf(query[name])
    const timestamp = said('timestamp')
    if (faults.take('throttle') || !mayCall()) return { code: 429, msg: '请求过于频繁，已被限流' }
    const at = fromShanghai(timestamp)
    const isLate = !at || Math.abs(at.getTime() - clock().getTime()) > TOLERATED_SKEW_MS
    if (faults.take('clock-skew') || isLate) return { code: 13, msg: 'timestamp 不在有效期内' }
    if (faults.take('expire-token') || said('access_token') !== TOKEN)
      return { code: 19, msg: 'access_token 无效或已过期' }
    const wanted = jdlSign({
      secret: SECRET,
      accessToken: TOKEN,
      appKey: APP_KEY,
      path: PATH,
      body,
      timestamp,
    })
    if (faults.take('wrong-signature') || said('sign').toLowerCase() !== wanted)
      return { code: 12, msg: '签名错误，sign 校验不通过' }
    const { waybillCode, customerCode, orderOrigin } = recordOf(listOf(JSON.parse(body))[0])
    if (orderOrigin === 1 && textOf(customerCode) === '') return { code: 1000, msg: 'customerCode 不能为空' }
    const parcel = parcels.get(textOf(waybillCode))
    if (!parcel || parcel.scans.length === 0) return { code: 3001, msg: '运单不存在或没有轨迹' }
    const data = { waybillCode: parcel.waybill, traceDetails: detailsOf(parcel, names) }
    return { code: 0, msg: 'success', requestId: `demo-jdl-${++asked}`, data }
  }

  return {
    id: 'jdl',
    name: { zh: '京东物流', en: 'JD Logistics' },
    faults,
    parcels,
    log: parcels.log,
    deeds: parcels.deeds,
    access: baseUrl => ({
      settings: { gateway: `${baseUrl}/jdl`, customerCode: '010K000001' },
      credentials: { appKey: APP_KEY, appSecret: SECRET, accessToken: TOKEN },
    }),
    mount(app) {
      app.post(`/jdl${PATH}`, request => trace(recordOf(request.query), String(request.body)))
    },
  }
}

function detailsOf(parcel: SimTracked, names: 'operation' | 'operate'): object[] {
  return parcel.scans.map(({ at, state, place }) => {
    const [code, categoryName, title, remark] = WORDS[state]
    return names === 'operate'
      ? { operateTime: shanghaiText(at), operateState: title, operateRemark: remark, operateSite: place }
      : {
          operationTime: shanghaiText(at),
          operationTitle: title,
          operationRemark: remark,
          categoryName,
          state: code,
          operatorName: '演示',
        }
  })
}
