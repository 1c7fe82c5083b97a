import { afterEach, describe, expect, it } from 'vitest'
import type { ActionBodies, ActionCall } from '../../connectors/kit/action.ts'
import type { ConnectorError } from '../../connectors/kit/fault.ts'
import { recordOf } from '../../connectors/kit/said.ts'
import connector from '../../connectors/sf/connector.ts'
import { readSfPush } from '../../connectors/sf/push.ts'
import { sfReport } from '../../connectors/sf/route.ts'
import { javaFormEncode, msgDigest } from '../../connectors/sf/sign.ts'
import { type SfSimulator, type SfSimulatorOptions, sfSimulator } from '../../connectors/sf/simulator.ts'
import { sfState } from '../../connectors/sf/status.ts'
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
let room: ConnectorRoom | undefined
let mailbox: Receiver | undefined
afterEach(async () => {
  await room?.close()
  await mailbox?.close()
  room = mailbox = undefined
})

async function open(
  options: Partial<RoomOptions> = {},
  simulated: SfSimulatorOptions = {},
): Promise<{ room: ConnectorRoom; simulator: SfSimulator }> {
  const simulator = sfSimulator({ clock: () => NOW, ...simulated })
  room = await connectorRoom({ connector, simulator, now: () => NOW, ...options })
  return { room, simulator }
}
const ask = (at: ConnectorRoom, ...waybills: string[]) =>
  connector.track!(
    waybills.map(waybill => ({ carrier: 'sf', waybill })),
    at.context,
  )
const PARCEL = { carrier: 'sf', waybill: 'SF0000000000001' }
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error as ConnectorError).fault,
  )

describe('the signature of SF', () => {
  it('is the documented one', () => {
    const message = '{"language":"zh-CN","orderId":"QIAO-20200618-004"}'
    expect(msgDigest(message, '12312334453453', 'fjcg5PGKaNpPSHFAZ4QsCOkV71R3zVci')).toBe(
      'IIKJtuLVzoFTu4kHI8M8vA==',
    )
  })

  it('encodes as Java does: space as plus, and the marks that JavaScript leaves alone', () => {
    expect(javaFormEncode("a b*c-d.e_f~g!h'i(j)k中")).toBe('a+b*c-d.e_f%7Eg%21h%27i%28j%29k%E4%B8%AD')
  })
})

describe('where SF says a parcel is', () => {
  it.skipIf(!hasSamples)('is read from the doubly encoded sample, in Shanghai time', () => {
    const outer = recordOf(readSample('sf-EXP_RECE_SEARCH_ROUTES.json'))
    const inner = JSON.parse(String(outer.apiResultData))
    const [first] = inner.msgData.routeResps
    const report = sfReport(first.mailNo, first.routes)
    expect(report.waybill).toBe('SF0000000000001')
    expect(report.nodes.map(({ at, state, code }) => [at.toISOString(), state, code])).toEqual([
      ['2026-10-01T10:25:00.000Z', 'collected', '54'],
      ['2026-10-01T14:10:00.000Z', 'in-transit', '30'],
      ['2026-10-02T00:30:00.000Z', 'out-for-delivery', '44'],
      ['2026-10-02T02:12:00.000Z', 'signed', '80'],
    ])
    expect(report.nodes[0]).toMatchObject({ text: '顺丰速运 已收取快件', place: '杭州市' })
  })

  it.each([
    ['50', '', '', 'collected'],
    ['607', '', '', 'collected'],
    ['36', '', '', 'in-transit'],
    ['44', '2', '201', 'out-for-delivery'],
    ['125', '', '', 'out-for-delivery'],
    ['8000', '', '', 'signed'],
    ['33', '2', '201', 'exception'],
    ['648', '2', '201', 'returning'],
    ['631', '', '', 'returning'],
    ['9999', '4', '401', 'signed'],
    ['9999', '3', '', 'out-for-delivery'],
    ['9999', '2', '1301', 'exception'],
    ['9999', '', '', 'in-transit'],
  ])('is told by operation %s, first status "%s", secondary "%s": %s', (opCode, first, second, state) => {
    expect(sfState(opCode, first, second)).toBe(state)
  })

  it('names the number it goes back under, as the remark has it', () => {
    const rows = [
      {
        acceptTime: '2026-10-02 10:00:00',
        opCode: '648',
        remark: '快件已退回/转寄,新单号为: SF9000000000001',
      },
    ]
    expect(sfReport('SF0000000000001', rows).returnWaybill).toBe('SF9000000000001')
  })
})

describe('following parcels of SF', () => {
  it.skipIf(!hasSamples)(
    'answers in the shape of the samples, and tells what a person did to a parcel',
    async () => {
      const { room, simulator } = await open()
      for (const state of ['collected', 'in-transit', 'out-for-delivery', 'signed'] as const)
        simulator.parcels.move('SF0000000000001', state)
      const reports = await ask(room, 'SF0000000000001', 'SF0000000000404')
      expect(reports).toHaveLength(1)
      expect(reports[0]?.nodes.map(node => node.state)).toEqual([
        'collected',
        'in-transit',
        'out-for-delivery',
        'signed',
      ])
      expect(reports[0]?.nodes[0]?.at).toEqual(NOW)

      const answer = JSON.parse(await rawAnswer(room, at => connector.track!([PARCEL], at)))
      const sample = recordOf(readSample('sf-EXP_RECE_SEARCH_ROUTES.json'))
      expect(shapeOf(answer)).toEqual(shapeOf(sample))
      expect(shapeOf(JSON.parse(answer.apiResultData))).toEqual(
        shapeOf(JSON.parse(String(sample.apiResultData))),
      )
    },
  )

  it('asks for ten numbers a call at most', async () => {
    const { room, simulator } = await open()
    const waybills = Array.from({ length: 23 }, (_, index) => `SF${String(index).padStart(13, '0')}`)
    for (const waybill of waybills) simulator.parcels.move(waybill, 'collected')
    const reports = await ask(room, ...waybills)
    expect(reports.map(report => report.waybill)).toEqual(waybills)
  })

  it("shows a parcel of another's account only to who knows the last digits of a phone", async () => {
    const { room, simulator } = await open()
    simulator.parcels.expect('SF0000000000001', ['1234', '5678'])
    simulator.parcels.move('SF0000000000001', 'collected')
    expect(await ask(room, 'SF0000000000001')).toEqual([])
    const parcel = { carrier: 'sf', waybill: 'SF0000000000001', phoneTail: '5678' }
    expect(await connector.track!([parcel], room.context)).toHaveLength(1)
    const settings = { ...recordOf(room.context.settings), senderPhoneTail: '1234' }
    expect(await connector.track!([parcel], { ...room.context, settings })).toHaveLength(1)
  })

  it('works with an access token as well: got anew in time, and when SF refuses it', async () => {
    let now = NOW
    const { room, simulator } = await open(
      { settings: { auth: 'token' }, now: () => now },
      { clock: () => now },
    )
    simulator.parcels.move('SF0000000000001', 'collected')
    expect(await ask(room, 'SF0000000000001')).toHaveLength(1)
    const first = room.token()?.accessToken
    now = new Date(NOW.getTime() + 115 * 60_000)
    expect(await ask(room, 'SF0000000000001')).toHaveLength(1)
    const second = room.token()?.accessToken
    expect(second).not.toBe(first)
    simulator.faults.add('expire-token')
    expect(await ask(room, 'SF0000000000001')).toHaveLength(1)
    expect(room.token()?.accessToken).not.toBe(second)
  })

  it('says in its connection test who may call', async () => {
    const { room } = await open()
    expect((await connector.test!(room.context)).zh).toContain('QXH_DEMO')
  })
})

describe('SF: when something goes wrong', () => {
  it.each([
    ['timeout-before', 1],
    ['timeout-after', 1],
    ['throttle', 2],
    ['server-error', 2],
    ['bad-json', 2],
  ] as const)('has the route all the same after "%s" × %d', async (fault, times) => {
    const { room, simulator } = await open({ timeoutMs: 150 })
    simulator.parcels.move('SF0000000000001', 'signed')
    simulator.faults.add(fault, times)
    expect(await ask(room, 'SF0000000000001')).toHaveLength(1)
  })

  it.each([
    ['wrong-signature', 'credentials', 'A1006'],
    ['clock-skew', 'clock', 'A1002'],
  ] as const)('says what a person must mend for "%s": %s', async (fault, expected, code) => {
    const { room, simulator } = await open()
    simulator.faults.add(fault, 9)
    const told = await faultOf(ask(room, 'SF0000000000001'))
    expect(told).toMatchObject({ class: expected, code })
    expect(JSON.stringify(told)).not.toContain('sf-demo-check-word')
  })

  it('refuses wrong keys in the words of SF', async () => {
    const { room } = await open({ credentials: { checkWord: 'not-the-check-word' } })
    expect(await faultOf(ask(room, 'SF0000000000001'))).toMatchObject({
      class: 'credentials',
      said: '数字签名无效',
    })
    const byToken = { ...room.context, settings: { ...recordOf(room.context.settings), auth: 'token' } }
    expect(await faultOf(connector.track!([{ carrier: 'sf', waybill: 'SF1' }], byToken))).toMatchObject({
      class: 'credentials',
    })
  })

  it('is told A1005 beyond the calls of a second, and takes it for a limit', async () => {
    const { room } = await open({}, { perSecond: 2 })
    await ask(room, PARCEL.waybill)
    await ask(room, PARCEL.waybill)
    expect(await faultOf(ask(room, PARCEL.waybill))).toMatchObject({ class: 'throttled', code: 'A1005' })
  })
})

describe('a push of SF', () => {
  it.skipIf(!hasSamples)('reads the sample, with its numbers called otherwise than in a query', () => {
    const body = JSON.stringify(readSample('sf-RoutePushService.json'))
    const answer = readSfPush(aPushRequest(body), { partnerId: 'P', checkWord: 'W' })
    expect(answer.reply.body).toBe('{"return_code":"0000","return_msg":"成功"}')
    expect(answer.parcels).toEqual([
      {
        carrier: 'sf',
        waybill: 'SF0000000000001',
        nodes: [
          {
            at: new Date('2026-10-02T02:12:00Z'),
            state: 'signed',
            text: '已签收,感谢使用顺丰',
            place: '上海市',
            code: '80',
          },
        ],
      },
    ])
  })

  it('reads the older form, XML in a field of a form', () => {
    const xml =
      '<Request service="RoutePushService" lang="zh-CN"><Body>' +
      '<WaybillRoute id="1" mailno="SF0000000000001" acceptTime="2026-10-02 10:12:00" acceptAddress="上海市" remark="A&amp;B &lt;到店&gt;" opCode="44"/>' +
      "<WaybillRoute id='2' mailno='SF0000000000002' acceptTime='2026-10-02 10:13:00' acceptAddress='' remark='收件' opCode='50'></WaybillRoute>" +
      '</Body></Request>'
    const answer = readSfPush(aPushRequest(new URLSearchParams({ content: xml }).toString()), {
      partnerId: 'P',
      checkWord: 'W',
    })
    expect(answer.reply.body).toBe('<Response service="RoutePushService"><Head>OK</Head></Response>')
    expect(answer.parcels?.map(({ waybill, nodes }) => [waybill, nodes[0]?.state, nodes[0]?.text])).toEqual([
      ['SF0000000000001', 'out-for-delivery', 'A&B <到店>'],
      ['SF0000000000002', 'collected', '收件'],
    ])
  })

  it('must carry the agreed word in its address, where there is one', () => {
    const body =
      '{"Body":{"WaybillRoute":[{"mailno":"SF1","acceptTime":"2026-10-02 10:12:00","opCode":"80"}]}}'
    const credentials = { partnerId: 'P', checkWord: 'W', pushKey: 'open-sesame' }
    const refused = readSfPush(aPushRequest(body), credentials)
    expect(refused.refused).toBeTruthy()
    expect(refused.parcels).toBeUndefined()
    expect(JSON.parse(refused.reply.body).return_code).toBe('1000')
    expect(readSfPush(aPushRequest(body, { key: 'open-sesame' }), credentials).parcels).toHaveLength(1)
  })

  it('that cannot be read is refused, so that SF sends it again', () => {
    for (const body of ['', '{', '{"Body":{}}', 'content=none', '<oops/>']) {
      const answer = readSfPush(aPushRequest(body), { partnerId: 'P', checkWord: 'W' })
      expect(answer.refused).toBeTruthy()
      expect(answer.parcels).toBeUndefined()
    }
  })

  it('arrives from the simulator over HTTP: twice when it is told to, again until it is taken', async () => {
    const { room, simulator } = await open({}, { pushAgainAfterMs: [5, 5] })
    mailbox = await receiver(request => connector.push!(request, room.context))
    simulator.push!.target = mailbox.url
    mailbox.refuseNext(1)
    simulator.faults.add('push-twice')
    simulator.parcels.move('SF0000000000001', 'signed')
    await simulator.pushed()
    if (hasSamples)
      expect(shapeOf(JSON.parse(mailbox.bodies()[0]!))).toEqual(
        shapeOf(readSample('sf-RoutePushService.json')),
      )
    const states = mailbox
      .answers()
      .flatMap(answer => answer.parcels ?? [])
      .flatMap(parcel => parcel.nodes)
    expect(states.map(node => node.state)).toEqual(['signed', 'signed'])
    expect(states[0]?.at).toEqual(NOW)
  })
})

const RETURN: ActionCall<ActionBodies['reverse']> = {
  key: 'run-1/reverse/1',
  attempt: 1,
  body: {
    orderId: '3311',
    lines: [{ sku: 'TEE-WHT-M', quantity: 2 }],
    from: {
      name: '王**',
      phone: '13800000001',
      province: '上海',
      city: '上海市',
      district: '浦东新区',
      detail: '示例路 1 号',
    },
    to: {
      name: '退货组',
      phone: '05710000000',
      province: '浙江省',
      city: '杭州市',
      district: '余杭区',
      detail: '示例路 2 号',
    },
  },
}

describe('a return fetched by SF', () => {
  const { reverse } = connector.actions!

  it('gets a waybill, and the same one however often it is asked for', async () => {
    const { room } = await open()
    expect(await reverse!.ask!(RETURN, room.context)).toBeNull()
    const made = await reverse!.perform(RETURN, room.context)
    expect(made).toEqual({ orderId: RETURN.key, carrier: 'sf', waybill: 'SF8000000000001' })
    expect(await reverse!.perform({ ...RETURN, attempt: 2 }, room.context)).toEqual(made)
    expect(await reverse!.ask!(RETURN, room.context)).toEqual(made)
  })

  it('is found by asking when the answer to its making never came', async () => {
    const { room, simulator } = await open({ timeoutMs: 150 })
    simulator.faults.add('timeout-after')
    const told = await faultOf(reverse!.perform(RETURN, room.context))
    expect(told).toMatchObject({ class: 'timeout' })
    expect(await reverse!.ask!(RETURN, room.context)).toMatchObject({ waybill: 'SF8000000000001' })
  })

  it('shortens keys that SF would not take', async () => {
    const { room } = await open()
    const long = { ...RETURN, key: 'k'.repeat(80) }
    const made = await reverse!.perform(long, room.context)
    expect(String(made.orderId)).toMatch(/^[0-9a-f]{64}$/)
    expect(await reverse!.ask!(long, room.context)).toEqual(made)
  })

  it.skipIf(!hasSamples)('is answered in the shape of the sample', async () => {
    const { room } = await open()
    const told = JSON.parse(await rawAnswer(room, at => reverse!.perform(RETURN, at)))
    const sample = recordOf(readSample('sf-EXP_RECE_CREATE_REVERSE_ORDER.json'))
    expect(shapeOf(told)).toEqual(shapeOf(sample))
    expect(shapeOf(JSON.parse(told.apiResultData))).toEqual(shapeOf(JSON.parse(String(sample.apiResultData))))
  })

  it('is not asked for where the platform hides the buyer: no courier would find them', async () => {
    const { room } = await open()
    const from = { ...RETURN.body.from, phone: '138****0001' }
    const told = await faultOf(reverse!.perform({ ...RETURN, body: { ...RETURN.body, from } }, room.context))
    expect(told).toMatchObject({ class: 'business', said: expect.stringContaining('遮盖') })
    expect(await reverse!.ask!(RETURN, room.context)).toBeNull()
  })

  it("is refused by SF's own rules where something is missing", async () => {
    const { room } = await open()
    const told = await faultOf(
      reverse!.perform({ ...RETURN, body: { ...RETURN.body, lines: [] } }, room.context),
    )
    expect(told).toMatchObject({ class: 'request', code: 'S0002' })
  })
})
