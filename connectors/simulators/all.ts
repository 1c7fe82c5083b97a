import { alibaba1688Simulator } from '../alibaba1688/simulator.ts'
import { douyinSimulator } from '../douyin/simulator.ts'
import { jdSimulator } from '../jd/simulator.ts'
import { jdlSimulator } from '../jdl/simulator.ts'
import { kuaidi100Simulator } from '../kuaidi100/simulator.ts'
import { pinduoduoSimulator } from '../pinduoduo/simulator.ts'
import { sfSimulator } from '../sf/simulator.ts'
import { taobaoSimulator } from '../taobao/simulator.ts'
import { webhookSimulator } from '../webhook/simulator.ts'
import { wechatSimulator } from '../wechat/simulator.ts'
import { wecomRobotSimulator } from '../wecom/simulator.ts'
import type { Simulator } from './simulator.ts'

const PER_SECOND = 10
const NUMBERS = 10_000_000

/** Every platform we have a simulator of, each with a fresh world whose numbers no earlier one used lately. */
export function allSimulators(): readonly Simulator[] {
  const simulators: readonly Simulator[] = [
    taobaoSimulator(),
    pinduoduoSimulator(),
    douyinSimulator(),
    wechatSimulator(),
    jdSimulator(),
    alibaba1688Simulator(),
    sfSimulator(),
    kuaidi100Simulator(),
    jdlSimulator(),
    wecomRobotSimulator(),
    webhookSimulator(),
  ]
  const number = Math.floor((Date.now() / 1_000) * PER_SECOND) % NUMBERS
  for (const { shop } of simulators) shop?.countFrom(number)
  return simulators
}
