import { afterEach, describe, expect, it } from 'vitest'
import type { ConnectorError } from '../../connectors/kit/fault.ts'
import { recordOf } from '../../connectors/kit/said.ts'
import connector from '../../connectors/kuaidi100/connector.ts'
import { readKuaidi100Push } from '../../connectors/kuaidi100/push.ts'
import { kuaidi100Report } from '../../connectors/kuaidi100/route.ts'
import { pushSign, querySign } from '../../connectors/kuaidi100/sign.ts'
import { type Kuaidi100Simulator, kuaidi100Simulator } from '../../connectors/kuaidi100/simulator.ts'
import { stateOfCode, stateOfWords } from '../../connectors/kuaidi100/status.ts'
import {
  aPushRequest,
  hasSamples,
  type Receiver,
  rawAnswer,
  readSample,
  receiver,
  shapeOf,
} from './support/carrier.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './support/connector-room.ts'

const NOW = new Date('2026-10-02T04:00:00Z')
const KEYS = { customer: 'KD_DEMO_CUSTOMER', key: 'kd_demo_key', salt: 'kdsalt' }
const PARCEL = { carrier: 'sf', waybill: 'SF0000000000001' }

let room: ConnectorRoom | undefined
let mailbox: Receiver | undefined
let clock = NOW
afterEach(async () => {
  await room?.close()
  await mailbox?.close()
  room = mailbox = undefined
  clock = NOW
})

async function open(
  options: Partial<RoomOptions> = {},
): Promise<{ room: ConnectorRoom; simulator: Kuaidi100Simulator }> {
  const simulator = kuaidi100Simulator({ clock: () => clock, pushAgainAfterMs: [5, 5] })
  room = await connectorRoom({ connector, simulator, now: () => clock, ...options })
  return { room, simulator }
}
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error as ConnectorError).fault,
  )
const aPush = (param: string, sign = pushSign(param, 'kdsalt')) =>
  aPushRequest(new URLSearchParams({ param, sign }).toString())

describe('the signatures of Kuaidi100', () => {
  it('are the documented ones, of queries and of pushes', () => {
    const param = '{"com":"shunfeng","num":"SF0000000000001","phone":"1234","resultv2":"4","order":"desc"}'
    expect(querySign(param, KEYS.key, KEYS.customer)).toBe('A2C8BBE6403EE55489BE3A2B8F0C0C27')
    expect(pushSign('{"status":"polling"}', 'kdsalt')).toBe('EAD5A95BAA463F7C3EC42BFCAB893F36')
  })
})

describe('where Kuaidi100 says a parcel is', () => {
  it.skipIf(!hasSamples)('is read from the sample, oldest first, in Shanghai time', () => {
    const report = kuaidi100Report(recordOf(readSample('kuaidi100-poll.query.json')))
    expect(report).toMatchObject({ carrier: 'sf', waybill: 'SF0000000000001' })
    expect(report.nodes.map(({ at, state, code, place }) => [at.toISOString(), state, code, place])).toEqual([
      ['2026-10-01T10:25:00.000Z', 'collected', '1', '浙江,杭州市'],
      ['2026-10-02T00:30:00.000Z', 'out-for-delivery', '5', '上海'],
      ['2026-10-02T02:12:00.000Z', 'signed', '301', '上海'],
    ])
  })

  it.each([
    ['0', 'in-transit'],
    ['1', 'collected'],
    ['2', 'exception'],
    ['3', 'signed'],
    ['4', 'returned'],
    ['5', 'out-for-delivery'],
    ['6', 'returning'],
    ['7', 'in-transit'],
    ['13', 'exception'],
    ['14', 'exception'],
    ['102', 'waiting'],
    ['501', 'out-for-delivery'],
    ['304', 'signed'],
    ['206', 'exception'],
    ['constructor', undefined],
  ])('is told by code %s: %s', (code, state) => {
    expect(stateOfCode(code)).toBe(state)
  })

  it.each([
    ['退签', 'returned'],
    ['本人签收', 'signed'],
    ['拒签', 'exception'],
    ['派件', 'out-for-delivery'],
    ['揽收', 'collected'],
    ['在途', 'in-transit'],
  ])('is told by the words %s where no code stands beside them: %s', (words, state) => {
    expect(stateOfWords(words)).toBe(state)
  })
})

describe('following parcels by Kuaidi100', () => {
  it.skipIf(!hasSamples)('is answered in the shape of the samples', async () => {
    const { room, simulator } = await open()
    simulator.parcels.move(PARCEL.waybill, 'signed')
    const found = JSON.parse(await rawAnswer(room, at => connector.track!([PARCEL], at)))
    expect(shapeOf(found)).toEqual(shapeOf(readSample('kuaidi100-poll.query.json')))
    const { http } = room.context
    const refused: string[] = []
    await connector.track!([{ ...PARCEL, waybill: 'SF0000000000404' }], {
      ...room.context,
      http: {
        ...http,
        send: (make, calling) =>
          http.send(make, {
            ...calling,
            fault(answer) {
              refused.push(answer.text)
              return calling.fault?.(answer)
            },
          }),
      },
    })
    expect(JSON.parse(refused[0] ?? '')).toEqual(readSample('kuaidi100-query-error.json'))
  })

  it('tells what a person did to parcels of several carriers; a number without a route is left out', async () => {
    const { room, simulator } = await open()
    simulator.parcels.move('SF0000000000001', 'collected', new Date(clock.getTime() - 60_000))
    simulator.parcels.move('SF0000000000001', 'exception')
    simulator.parcels.move('YT0000000000001', 'signed')
    const reports = await connector.track!(
      [PARCEL, { carrier: 'yto', waybill: 'YT0000000000001' }, { carrier: 'zto', waybill: '7500000000001' }],
      room.context,
    )
    expect(reports.map(({ carrier, nodes }) => [carrier, nodes.map(node => node.state)])).toEqual([
      ['sf', ['collected', 'exception']],
      ['yto', ['signed']],
    ])
  })

  it('says why a carrier tells nothing: the digits of the phone do not match', async () => {
    const { room, simulator } = await open({ settings: { senderPhone: '13800009999' } })
    simulator.parcels.expect(PARCEL.waybill, ['1234'])
    simulator.parcels.move(PARCEL.waybill, 'collected')
    expect(await connector.track!([PARCEL], room.context)).toEqual([
      { ...PARCEL, nodes: [], refused: '验证码错误' },
    ])
  })

  it('proves its keys by a number that no parcel has', async () => {
    const { room } = await open()
    expect((await connector.test!(room.context)).zh).toContain('KD_DEMO_CUSTOMER')
    const wrong = { ...room.context, credentials: { ...KEYS, key: 'another-key' } }
    expect(await faultOf(connector.test!(wrong))).toMatchObject({ class: 'credentials', code: '503' })
  })
})

describe('Kuaidi100: when something goes wrong', () => {
  it.each([
    ['timeout-before', 1],
    ['throttle', 2],
    ['server-error', 2],
    ['bad-json', 2],
  ] as const)('has the route all the same after "%s" × %d', async (fault, times) => {
    const { room, simulator } = await open({ timeoutMs: 150 })
    simulator.parcels.move(PARCEL.waybill, 'signed')
    simulator.faults.add(fault, times)
    expect(await connector.track!([PARCEL], room.context)).toHaveLength(1)
  })

  it('says what a person must mend when the signature is refused, without the key', async () => {
    const { room, simulator } = await open()
    simulator.faults.add('wrong-signature', 9)
    const told = await faultOf(connector.track!([PARCEL], room.context))
    expect(told).toMatchObject({ class: 'credentials', code: '503' })
    expect(JSON.stringify(told)).not.toContain('kd_demo_key')
  })
})

describe('a push of Kuaidi100', () => {
  it.skipIf(!hasSamples)('reads the sample, whose rows carry no codes', () => {
    const answer = readKuaidi100Push(aPush(JSON.stringify(readSample('kuaidi100-push.json'))), KEYS)
    expect(JSON.parse(answer.reply.body)).toEqual({ result: true, returnCode: '200', message: '成功' })
    expect(answer.parcels?.[0]).toMatchObject({
      carrier: 'sf',
      waybill: 'SF0000000000001',
      nodes: [{ at: new Date('2026-10-02T02:12:00Z'), state: 'signed', code: '签收' }],
    })
  })

  it('is taken whatever the case of its signature, and refused with a wrong one', () => {
    const param = '{"status":"polling"}'
    expect(
      readKuaidi100Push(aPush(param, pushSign(param, 'kdsalt').toLowerCase()), KEYS).refused,
    ).toBeUndefined()
    const refused = readKuaidi100Push(aPush(param, pushSign(param, 'other')), KEYS)
    expect(refused.refused).toMatch(/signature/)
    expect(JSON.parse(refused.reply.body).result).toBe(false)
    expect(readKuaidi100Push(aPush('{', pushSign('{', 'kdsalt')), KEYS).refused).toBeTruthy()
    expect(readKuaidi100Push(aPush(param), { ...KEYS, salt: undefined }).refused).toMatch(/salt/)
  })

  it('comes for a parcel that was subscribed to when it was new, and ends when it is signed', async () => {
    const { room, simulator } = await open()
    mailbox = await receiver(request => connector.push!(request, room.context))
    simulator.push!.target = mailbox.url
    const settings = { ...recordOf(room.context.settings), pushUrl: mailbox.url }
    const context = { ...room.context, settings }
    expect(await connector.track!([{ ...PARCEL, isNew: true }], context)).toEqual([])
    // A second subscription of the same number is refused by Kuaidi100, and does no harm.
    clock = new Date(clock.getTime() + 31 * 60_000)
    await connector.track!([{ ...PARCEL, isNew: true }], context)
    mailbox.refuseNext(1)
    simulator.parcels.move(PARCEL.waybill, 'collected')
    simulator.parcels.move(PARCEL.waybill, 'signed')
    simulator.parcels.move(PARCEL.waybill, 'exception')
    await simulator.pushed()
    const states = mailbox.answers().map(answer => answer.parcels?.[0]?.nodes.at(-1)?.state)
    expect(states.sort()).toEqual(['collected', 'signed'])
    const param = new URLSearchParams(mailbox.bodies().at(-1)).get('param')!
    // The simulator tells rows of pushes in full, where the sample leaves out what `resultv2` adds.
    if (hasSamples)
      expect(shapeOf(JSON.parse(param))).toMatchObject(shapeOf(readSample('kuaidi100-push.json')) as object)
  })

  it('that gives a parcel up is taken in like any other: nothing was heard so far', async () => {
    const { room, simulator } = await open()
    mailbox = await receiver(request => connector.push!(request, room.context))
    simulator.push!.target = mailbox.url
    const context = {
      ...room.context,
      settings: { ...recordOf(room.context.settings), pushUrl: mailbox.url },
    }
    await connector.track!([{ ...PARCEL, isNew: true }], context)
    simulator.abort(PARCEL.waybill)
    await simulator.pushed()
    expect(mailbox.answers()[0]?.parcels).toEqual([{ ...PARCEL, nodes: [] }])
  })
})
