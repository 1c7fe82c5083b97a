import { defineConnector } from '../connector.ts'
import { message, post } from './message.ts'
import { push } from './push.ts'
import { webhookCredentials, webhookSettings } from './settings.ts'

/** Any system that speaks JSON over HTTP: messages go out signed, documents come in signed. */
export default defineConnector({
  id: 'webhook',
  name: { zh: '通用 Webhook', en: 'Webhook' },
  title: {
    zh: '把消息发给任何系统，也接收任何系统推来的 JSON（都带签名）',
    en: 'Sends messages to any system and takes JSON from any system, both signed',
  },
  kind: 'people',
  settings: webhookSettings,
  credentials: webhookCredentials,
  guide: [
    {
      zh: '和对方约定一个签名密钥（建议 32 位以上随机字符），填到下面。',
      en: 'Agree on a secret with the other side (32 random characters or more) and fill it in below.',
    },
    {
      zh: '要发消息：填对方接收消息的地址。对方按说明校验签名，用 key 去重。',
      en: 'To send messages, fill in where the other side takes them. It checks the signature and knows repeated ones by their key.',
    },
    {
      zh: '要接收数据：把这个连接的推送地址给对方。对方的签名放在别的请求头、用别的算法时，在高级设置里改。',
      en: 'To take documents, give the push address of this connection to the other side. Where it signs in another header or way, change the advanced settings.',
    },
  ],
  async test(context) {
    if (context.settings.url === undefined)
      return {
        zh: '没有填写消息地址，这个连接只接收推送',
        en: 'Without an address for messages this connection takes pushes only',
      }
    const at = context.now()
    await post(context, {
      key: `test-${at.getTime()}`,
      subject: '连接测试',
      text: '这是一条测试消息，收到即表示连接正常。',
    })
    return { zh: '对方收下了测试消息', en: 'The other side took a test message' }
  },
  push,
  actions: { message },
})
