import { setTimeout as sleep } from 'node:timers/promises'
import type { Telling } from '../stage/telling.ts'
import type { Platforms } from './platforms.ts'

const THROTTLED_CALLS = 3
const PATIENCE_MS = 60_000
const LOOK_EVERY_MS = 20

/**
 * Everything that goes wrong on platforms, at once: the token of Taobao ends before its time, Pinduoduo limits our
 * calls, Douyin answers with garbage, and then does what it is asked without saying so.
 * @throws when Douyin is not called for a minute
 */
export async function causeTrouble(telling: Telling, { of }: Platforms): Promise<void> {
  of.taobao.faults.add('expire-token')
  of.pinduoduo.faults.add('throttle', THROTTLED_CALLS)
  of.douyin.faults.add('bad-json')
  telling.say({
    zh: `! 讲到一半出事了：淘宝的授权令牌失效，拼多多连续 ${THROTTLED_CALLS} 次限流，抖店回了一段乱码`,
    en: `Trouble: Taobao's token ends, Pinduoduo turns ${THROTTLED_CALLS} calls away, Douyin answers garbage`,
  })
  const deadline = Date.now() + PATIENCE_MS
  while (of.douyin.faults.waiting()['bad-json']) {
    if (Date.now() > deadline) throw new Error('Douyin was not called for a minute.')
    await sleep(LOOK_EVERY_MS, undefined, { ref: false })
  }
  // Not before: the garbage itself would not be sent.
  of.douyin.faults.add('timeout-after')
  telling.say({
    zh: '! 抖店接着干了活却不回话：等满 10 秒后再问一遍',
    en: 'Douyin then works but does not answer: it is asked again after 10 s',
  })
}

/** What was to go wrong and did not: empty once all of it happened. */
export const troubleLeft = ({ of }: Platforms): string =>
  Object.values(of)
    .flatMap(({ id, faults }) => Object.keys(faults.waiting()).map(fault => `${id}: ${fault}`))
    .join(', ')
