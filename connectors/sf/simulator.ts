import type { FastifyInstance } from 'fastify'
import { recordOf } from '../kit/said.ts'
import { simFaults } from '../simulators/faults.ts'
import { type SimParcels, simParcels } from '../simulators/parcels.ts'
import { simPushes } from '../simulators/pushes.ts'
import { simLimit } from '../simulators/rate-limit.ts'
import type { Simulator } from '../simulators/simulator.ts'
import { simGate } from './sim-gate.ts'
import { simReturns } from './sim-returns.ts'
import { pushedRow, routesOf } from './sim-routes.ts'

export interface SfSimulatorOptions {
  readonly clock?: () => Date
  /** Calls per second before A1005. */
  readonly perSecond?: number
  /** Waits before SF pushes again what was not taken. */
  readonly pushAgainAfterMs?: readonly number[]
}

/** The simulated SF, with the parcels it carries. */
export interface SfSimulator extends Simulator {
  readonly parcels: SimParcels
  /** Resolves when all pushes are taken or given up. */
  pushed(): Promise<void>
}

const PARTNER = 'QXH_DEMO'
const CHECK_WORD = 'sf-demo-check-word-0001'
const PUSH_TIMEOUT_MS = 5_000

export function sfSimulator(options: SfSimulatorOptions = {}): SfSimulator {
  const { clock = () => new Date(), perSecond = 30, pushAgainAfterMs = [2_000, 10_000] } = options
  const faults = simFaults()
  let returnsMade = 0
  const parcels = simParcels(clock, () => `SF9${String(++returnsMade).padStart(12, '0')}`)
  const returns = simReturns(parcels)
  const gate = simGate({
    partner: PARTNER,
    checkWord: CHECK_WORD,
    clock,
    faults,
    mayCall: simLimit(perSecond, clock),
  })
  const push = { target: '' }
  const pushes = simPushes({
    target: () => push.target,
    faults,
    isTaken: ({ text }) => text.includes('"0000"'),
    retryAfterMs: pushAgainAfterMs,
    timeoutMs: PUSH_TIMEOUT_MS,
  })
  let rows = 0
  parcels.onMove((parcel, scan) => {
    const body = JSON.stringify({ Body: { WaybillRoute: [pushedRow(parcel, scan, ++rows)] } })
    pushes.send({
      method: 'POST',
      query: {},
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      body,
    })
  })

  return {
    id: 'sf',
    name: { zh: '顺丰', en: 'SF Express' },
    faults,
    parcels,
    push,
    pushed: () => pushes.settled(),
    log: parcels.log,
    deeds: parcels.deeds,
    access: baseUrl => ({
      settings: { gateway: `${baseUrl}/sf/std/service`, tokenUrl: `${baseUrl}/sf/oauth2/accessToken` },
      credentials: { partnerId: PARTNER, checkWord: CHECK_WORD },
    }),
    mount(app: FastifyInstance) {
      app.post('/sf/std/service', request => {
        const opened = gate.open(String(request.body))
        if ('refusal' in opened) return opened.refusal
        const message = recordOf(opened.message)
        switch (opened.serviceCode) {
          case 'EXP_RECE_SEARCH_ROUTES':
            return gate.answer(routesOf(parcels, message))
          case 'EXP_RECE_CREATE_REVERSE_ORDER':
            return gate.answer(returns.create(message))
          case 'EXP_RECE_SEARCH_ORDER_RESP':
            return gate.answer(returns.find(message))
          default:
            return gate.refuse('A1004', '无对应服务权限')
        }
      })
      app.post('/sf/oauth2/accessToken', request => gate.token(String(request.body)))
    },
  }
}
