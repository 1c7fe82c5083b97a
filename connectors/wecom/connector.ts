import { defineConnector } from '../connector.ts'
import { Credentials, type RobotContext, Settings } from './access.ts'
import { uploadFile } from './client.ts'
import { tellGroup } from './send.ts'

/** A robot in a WeCom group (企业微信群机器人), spoken to through its webhook. */
export default defineConnector({
  id: 'wecom-robot',
  name: { zh: '企业微信群机器人', en: 'WeCom group robot' },
  kind: 'people',
  title: { zh: '把消息和文件发到企业微信群', en: 'Sends messages and files to a WeCom group' },
  settings: Settings,
  credentials: Credentials,
  guide: [
    {
      zh: '在企业微信里打开要接收消息的群，点右上角「…」→「消息推送」（老版本叫「群机器人」）→「添加」，起个名字。',
      en: 'Open the group in WeCom, choose "…", then message push (group robots in older versions), add one and name it.',
    },
    {
      zh: '复制它的 Webhook 地址，整条粘贴到上面。这个地址等于密码，不要发给别人。',
      en: 'Copy its webhook address and paste all of it above. The address is as good as a password.',
    },
    {
      zh: '点「测试」。测试只检查地址是否有效，群里不会出现消息。',
      en: 'Choose "Test": it checks the address, and the group sees nothing of it.',
    },
  ],
  // 20 messages in any minute: ten saved up, and ten more while they are used.
  rate: { perSecond: 1 / 6, burst: 10 },

  async test(context: RobotContext) {
    // The only call of a robot that nobody sees.
    await uploadFile(context, { name: 'test.txt', contentType: 'text/plain', bytes: Buffer.from('test\n') })
    return { zh: '机器人可用', en: 'The robot works' }
  },
  actions: { message: tellGroup },
})
