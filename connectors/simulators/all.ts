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

/** Every platform we have a simulator of, each with a fresh world. */
export const allSimulators = (): readonly Simulator[] => [
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
