import { parseJson } from '../../server/intake/json.ts'
import type { ParcelState } from '../kit/parcel.ts'
import { recordOf, textOf } from '../kit/said.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import { simFaults } from '../simulators/faults.ts'
import { type SimParcels, type SimScan, type SimTracked, simParcels } from '../simulators/parcels.ts'
import { simPushes } from '../simulators/pushes.ts'
import { simLimit } from '../simulators/rate-limit.ts'
import type { Simulator } from '../simulators/simulator.ts'
import { pushSign, querySign } from './sign.ts'

export interface Kuaidi100SimulatorOptions {
  readonly clock?: () => Date
  readonly perSecond?: number
  readonly pushAgainAfterMs?: readonly number[]
}

/** The simulated Kuaidi100, with the parcels it knows of. */
export interface Kuaidi100Simulator extends Simulator {
  readonly parcels: SimParcels
  /** Numbers that were asked about again too soon, and are locked. */
  locked(): readonly string[]
  /** Resolves when all pushes are taken or given up. */
  pushed(): Promise<void>
  /** Ends the subscription of a number nothing is heard of. */
  abort(waybill: string): void
}

const CUSTOMER = 'KD_DEMO_CUSTOMER'
const KEY = 'kd_demo_key'
const SALT = 'kdsalt'
const LOCK_MS = 30 * 60_000
const PUSH_TIMEOUT_MS = 5_000
/** Carriers that check a phone. */
const CHECKED: ReadonlySet<string> = new Set(['shunfeng', 'zhongtong'])

const WORDS: Readonly<
  Record<ParcelState, readonly [state: string, statusCode: string, status: string, text: string]>
> = {
  waiting: ['1', '102', '待揽收', '等待揽收'],
  collected: ['1', '103', '揽收', '已收取快件'],
  'in-transit': ['0', '1002', '干线', '离开【杭州转运中心】,发往【上海转运中心】'],
  'out-for-delivery': ['5', '5', '派件', '正在派送'],
  signed: ['3', '301', '本人签收', '已签收'],
  returning: ['6', '6', '退回', '快件退回中'],
  returned: ['4', '4', '退签', '退回件已由寄件人签收'],
  exception: ['2', '206', '无法联系', '收件人电话无法接通'],
}

export function kuaidi100Simulator(options: Kuaidi100SimulatorOptions = {}): Kuaidi100Simulator {
  const { clock = () => new Date(), perSecond = 30, pushAgainAfterMs = [2_000, 10_000] } = options
  const faults = simFaults()
  const parcels = simParcels(clock)
  const mayCall = simLimit(perSecond, clock)
  const askedAt = new Map<string, number>()
  const locked = new Set<string>()
  const subscriptions = new Map<string, { com: string; salt: string }>()
  const push = { target: '' }
  const pushes = simPushes({
    target: () => push.target,
    faults,
    isTaken: ({ text }) => text.includes('"200"'),
    retryAfterMs: pushAgainAfterMs,
    timeoutMs: PUSH_TIMEOUT_MS,
  })

  function tell(waybill: string, status: string, message: string): void {
    const subscription = subscriptions.get(waybill)
    if (!subscription) return
    const parcel = parcels.get(waybill)
    const isOver = status !== 'polling'
    const param = JSON.stringify({
      status,
      billstatus: 'check',
      message,
      autoCheck: '0',
      comOld: '',
      comNew: '',
      lastResult: resultOf(subscription.com, waybill, parcel?.scans ?? []),
    })
    const body = new URLSearchParams({ sign: pushSign(param, subscription.salt), param }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    pushes.send({ method: 'POST', query: {}, headers, body })
    if (isOver) subscriptions.delete(waybill)
  }

  parcels.onMove(({ waybill }, { state }) => tell(waybill, state === 'signed' ? 'shutdown' : 'polling', ''))

  function query(body: string): object {
    const form = new URLSearchParams(body)
    const param = form.get('param') ?? ''
    const customer = form.get('customer') ?? ''
    if (faults.take('throttle') || !mayCall()) return refusal('502', '服务器繁忙')
    if (faults.take('wrong-signature') || form.get('sign') !== querySign(param, KEY, CUSTOMER))
      return refusal('503', '验证签名失败')
    if (customer !== CUSTOMER) return refusal('601', 'key已过期')
    const { com, num, phone } = recordOf(parseJson(param))
    const number = textOf(num)
    if (number.length < 6 || number.length > 32) return refusal('400', '提交的数据不完整')
    const parcel = parcels.get(number)
    const given = textOf(phone).slice(-4)
    const isChecked = CHECKED.has(textOf(com)) && (given === '' || !isPhoneOf(parcel, given))
    if (isChecked) return refusal('408', '验证码错误')
    const now = clock().getTime()
    if (now - (askedAt.get(number) ?? -LOCK_MS) < LOCK_MS) locked.add(number)
    askedAt.set(number, now)
    if (locked.has(number) || !parcel || parcel.scans.length === 0)
      return refusal('500', '查询无结果，请隔段时间再查')
    return resultOf(textOf(com), number, parcel.scans)
  }

  function subscribe(body: string): object {
    const { number, company, key, parameters } = recordOf(
      parseJson(new URLSearchParams(body).get('param') ?? '{}'),
    )
    if (key !== KEY) return refusal('600', '您不是合法的订阅者')
    if (subscriptions.has(textOf(number))) return refusal('501', '重复订阅')
    subscriptions.set(textOf(number), { com: textOf(company), salt: textOf(recordOf(parameters).salt) })
    return { result: true, returnCode: '200', message: '提交成功' }
  }

  return {
    id: 'kuaidi100',
    name: { zh: '快递100', en: 'Kuaidi100' },
    faults,
    parcels,
    push,
    locked: () => [...locked],
    pushed: () => pushes.settled(),
    abort: waybill => tell(waybill, 'abort', '3天查询无记录'),
    log: parcels.log,
    deeds: parcels.deeds,
    access: baseUrl => ({
      settings: {
        queryUrl: `${baseUrl}/kuaidi100/poll/query.do`,
        subscribeUrl: `${baseUrl}/kuaidi100/poll`,
        senderPhone: '13800001234',
      },
      credentials: { customer: CUSTOMER, key: KEY, salt: SALT },
    }),
    mount(app) {
      app.post('/kuaidi100/poll/query.do', request => query(String(request.body)))
      app.post('/kuaidi100/poll', request => subscribe(String(request.body)))
    },
  }
}

const refusal = (returnCode: string, message: string) => ({ result: false, returnCode, message })

const isPhoneOf = (parcel: SimTracked | undefined, tail: string) =>
  !parcel || parcel.phoneTails.length === 0 || parcel.phoneTails.includes(tail)

/** Newest first, as both the query and the push tell it. */
function resultOf(com: string, nu: string, scans: readonly SimScan[]): object {
  const data = scans.toReversed().map(({ at, state, place }) => {
    const [, statusCode, status, text] = WORDS[state]
    const time = shanghaiText(at)
    return {
      time,
      ftime: time,
      context: `[${place}]${text}`,
      areaCode: 'CN310000000000',
      areaName: place,
      status,
      statusCode,
      location: '',
      areaCenter: '121.47,31.23',
      areaPinYin: 'shang hai',
    }
  })
  const newest = scans.at(-1)
  return {
    message: 'ok',
    nu,
    ischeck: newest?.state === 'signed' ? '1' : '0',
    condition: 'F00',
    com,
    status: '200',
    state: newest ? WORDS[newest.state][0] : '0',
    data,
  }
}
