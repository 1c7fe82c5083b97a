import { afterEach, describe, expect, it } from 'vitest'
import connector from '../../connectors/jdl/connector.ts'
import { jdlReport } from '../../connectors/jdl/route.ts'
import { jdlSign } from '../../connectors/jdl/sign.ts'
import { type JdlSimulator, type JdlSimulatorOptions, jdlSimulator } from '../../connectors/jdl/simulator.ts'
import { jdlState } from '../../connectors/jdl/status.ts'
import type { ConnectorError } from '../../connectors/kit/fault.ts'
import { recordOf } from '../../connectors/kit/said.ts'
import { hasSamples, rawAnswer, readSample, shapeOf } from './support/carrier.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './support/connector-room.ts'

const NOW = new Date('2026-10-02T04:00:00Z')
const PARCEL = { carrier: 'jd', waybill: 'JDVB00000000001' }
let room: ConnectorRoom | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

async function open(
  options: Partial<RoomOptions> = {},
  simulated: JdlSimulatorOptions = {},
): Promise<{ room: ConnectorRoom; simulator: JdlSimulator }> {
  const simulator = jdlSimulator({ clock: () => NOW, ...simulated })
  room = await connectorRoom({ connector, simulator, now: () => NOW, ...options })
  return { room, simulator }
}
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error as ConnectorError).fault,
  )

it('signs as documented', () => {
  const sign = jdlSign({
    secret: 'jdl_demo_secret',
    accessToken: 'jdl_demo_token',
    appKey: 'jdl_demo_key',
    path: '/ecap/v1/orders/trace/query',
    body: '[{"waybillCode":"JDVB00000000001","orderOrigin":1,"customerCode":"010K000001"}]',
    timestamp: '2026-10-01 12:00:00',
  })
  expect(sign).toBe('5e55942cb136a5de5c08341c7808c0ef')
})

describe('where JD Logistics says a parcel is', () => {
  it.skipIf(!hasSamples)('is read from the sample, in Shanghai time', () => {
    const report = jdlReport(
      'JDVB00000000001',
      recordOf(readSample('jdl-ecap.v1.orders.trace.query.json')).data,
    )
    expect(report.nodes).toEqual([
      { at: new Date('2026-10-01T09:00:00Z'), state: 'collected', text: '已揽收完成', code: '200003' },
      { at: new Date('2026-10-02T03:30:00Z'), state: 'signed', text: '您的快件已签收', code: '10034' },
    ])
  })

  it.each([
    ['揽收', '快递员收货', 'collected'],
    ['', '配送员收货', 'out-for-delivery'],
    ['', '妥投', 'signed'],
    ['退货', '退货完成', 'returned'],
    ['退货', '退货中', 'returning'],
    ['', '客户拒收', 'exception'],
    ['', '再投', 'exception'],
    ['', '分拣中心发货', 'in-transit'],
  ])('is told by category "%s" and title "%s": %s', (category, title, state) => {
    expect(jdlState(category, title)).toBe(state)
  })
})

describe('following parcels of JD Logistics', () => {
  it.each(['operation', 'operate'] as const)('reads rows whose fields begin with "%s"', async names => {
    const { room, simulator } = await open({}, { names })
    for (const state of ['collected', 'in-transit', 'out-for-delivery', 'exception', 'signed'] as const)
      simulator.parcels.move(PARCEL.waybill, state)
    const reports = await connector.track!([PARCEL, { ...PARCEL, waybill: 'JDVB00000000404' }], room.context)
    expect(reports).toHaveLength(1)
    expect(reports[0]?.nodes.map(node => node.state)).toEqual([
      'collected',
      'in-transit',
      'out-for-delivery',
      'exception',
      'signed',
    ])
  })

  it.skipIf(!hasSamples)('is answered in the shape of the sample', async () => {
    const { room, simulator } = await open()
    simulator.parcels.move(PARCEL.waybill, 'signed')
    const answer = JSON.parse(await rawAnswer(room, at => connector.track!([PARCEL], at)))
    expect(shapeOf(answer)).toEqual(shapeOf(readSample('jdl-ecap.v1.orders.trace.query.json')))
  })

  it('signs in either case of letters', async () => {
    const { room, simulator } = await open({ settings: { signCase: 'upper' } })
    simulator.parcels.move(PARCEL.waybill, 'collected')
    expect(await connector.track!([PARCEL], room.context)).toHaveLength(1)
    expect((await connector.test!(room.context)).zh).toContain('010K000001')
  })

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

  it.each([
    ['wrong-signature', 'credentials'],
    ['expire-token', 'credentials'],
    ['clock-skew', 'clock'],
  ] as const)('says what a person must mend for "%s": %s', async (fault, expected) => {
    const { room, simulator } = await open()
    simulator.faults.add(fault, 9)
    const told = await faultOf(connector.track!([PARCEL], room.context))
    expect(told?.class).toBe(expected)
    expect(JSON.stringify(told)).not.toContain('jdl_demo_secret')
  })
})
