import type { FastifyInstance } from 'fastify'
import type { Text } from '../../server/workflow/text.ts'

/** What a person can break in a simulator. Those marked `platform` are told in the platform's own words by its simulator. */
export const SIM_FAULTS = {
  'expire-token': { zh: '令牌过期', en: 'Expire the token' },
  throttle: { zh: '限流', en: 'Throttle' },
  'wrong-signature': { zh: '说签名不对', en: 'Call the signature wrong' },
  'clock-skew': { zh: '说时间不准', en: 'Call the time wrong' },
  'server-error': { zh: '返回 500', en: 'Answer 500' },
  'bad-json': { zh: '返回乱码', en: 'Answer garbage' },
  'timeout-before': { zh: '不干活也不回答', en: 'Neither work nor answer' },
  'timeout-after': { zh: '干了活但不回答', en: 'Work but do not answer' },
  'push-twice': { zh: '推送发两次', en: 'Push twice' },
  'push-late': { zh: '推送乱序', en: 'Push out of order' },
} as const satisfies Readonly<Record<string, Text>>
export type SimFault = keyof typeof SIM_FAULTS

/** Faults that wait to happen, each so many times. */
export interface SimFaults {
  add(fault: SimFault, times?: number): void
  /** Whether this fault happens now; counts it off. */
  take(fault: SimFault): boolean
  waiting(): Readonly<Partial<Record<SimFault, number>>>
  clear(): void
}

export function simFaults(): SimFaults {
  const left = new Map<SimFault, number>()
  return {
    add: (fault, times = 1) => void left.set(fault, (left.get(fault) ?? 0) + times),
    take(fault) {
      const count = left.get(fault) ?? 0
      if (count <= 0) return false
      if (count === 1) left.delete(fault)
      else left.set(fault, count - 1)
      return true
    },
    waiting: () => Object.fromEntries(left),
    clear: () => left.clear(),
  }
}

/** Makes the faults happen that are the same on every platform, on all routes of this instance. */
export function breakAsAsked(app: FastifyInstance, faults: SimFaults): void {
  app.addHook('preHandler', async (_request, reply) => {
    if (faults.take('timeout-before')) {
      reply.hijack()
      return reply
    }
    if (faults.take('server-error')) return reply.code(500).type('text/html').send('<html>500</html>')
    if (faults.take('bad-json')) return reply.code(200).type('application/json').send('{"oops": <html>')
    return undefined
  })
  app.addHook('onSend', async (_request, reply, payload) => {
    // The work is done; the answer is not sent, and the caller's time runs out.
    if (reply.statusCode < 500 && faults.take('timeout-after')) return new Promise(() => {})
    return payload
  })
}
