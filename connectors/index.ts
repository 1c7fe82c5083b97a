import alibaba1688 from './alibaba1688/connector.ts'
import type { Connector } from './connector.ts'
import douyin from './douyin/connector.ts'
import folder from './folder/connector.ts'
import intake from './intake/connector.ts'
import jd from './jd/connector.ts'
import jdl from './jdl/connector.ts'
import kuaidi100 from './kuaidi100/connector.ts'
import mail from './mail/connector.ts'
import pinduoduo from './pinduoduo/connector.ts'
import sf from './sf/connector.ts'
import supplier from './supplier/connector.ts'
import taobao from './taobao/connector.ts'
import webhook from './webhook/connector.ts'
import wechat from './wechat/connector.ts'
import wecom from './wecom/connector.ts'

/** Every connector of the product, in the order of the gallery. A new one is a folder and a line here. */
export const connectors: ReadonlyMap<string, Connector> = new Map(
  [
    taobao,
    pinduoduo,
    douyin,
    wechat,
    jd,
    intake,
    folder,
    supplier,
    alibaba1688,
    sf,
    kuaidi100,
    jdl,
    wecom,
    mail,
    webhook,
  ].map(connector => [connector.id, connector]),
)
