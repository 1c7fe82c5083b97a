import { douyinSimulator } from '../../connectors/douyin/simulator.ts'
import { pinduoduoSimulator } from '../../connectors/pinduoduo/simulator.ts'
import { serveSimulators } from '../../connectors/simulators/serve.ts'
import { taobaoSimulator } from '../../connectors/taobao/simulator.ts'
import { wechatSimulator } from '../../connectors/wechat/simulator.ts'

/**
 * The platforms of poll.ts in a process of their own: three addresses with four shops each, every shop with as many
 * orders as the argument says, changed within the last minutes. Limits are the documented ones. Prints where they are.
 */
const orders = Number(process.argv[2])
const LAG_MS = 4 * 60_000
const SPREAD_MS = 40 * 60_000

const told = []
for (let address = 0; address < 3; address++) {
  const simulators = [taobaoSimulator(), pinduoduoSimulator(), douyinSimulator(), wechatSimulator()]
  const now = Date.now()
  for (const { shop } of simulators)
    for (let number = 0; number < orders; number++)
      shop!.place({ at: new Date(now - LAG_MS - Math.floor((SPREAD_MS * number) / orders)) })
  const { url } = await serveSimulators(simulators, 0)
  told.push(...simulators.map(({ id, access }) => ({ id, ...access(url) })))
}
process.send?.(told)
