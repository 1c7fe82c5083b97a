import { defineConnector } from '../connector.ts'
import { message } from './message.ts'
import { mailCredentials, mailSettings } from './settings.ts'
import { logIn } from './smtp.ts'

/** Tells people something by e-mail. */
export default defineConnector({
  id: 'mail',
  name: { zh: '邮件', en: 'E-mail' },
  title: { zh: '用邮件通知同事，可以带附件', en: 'Tells people by e-mail, with attachments' },
  kind: 'people',
  settings: mailSettings,
  credentials: mailCredentials,
  guide: [
    {
      zh: '打开邮箱的网页版，在「设置」里找到 POP3/SMTP，开启 SMTP 服务，并生成一个授权码。',
      en: 'In the web page of your mailbox find POP3/SMTP in the settings, turn SMTP on and have a code made for it.',
    },
    {
      zh: '把 SMTP 服务器（例如企业邮箱给出的 smtp 地址）、发件人填到下面；登录名一般就是邮箱地址，密码填授权码。',
      en: 'Fill in the SMTP server and the sender below; the user is mostly the address, the password is that code.',
    },
    {
      zh: '点「测试连接」，能登录就可以保存。',
      en: 'Choose "Test"; save when it can log in.',
    },
  ],
  async test(context) {
    await logIn(context)
    return {
      zh: `已连上 ${context.settings.host}，登录成功`,
      en: `Connected to ${context.settings.host} and logged in`,
    }
  },
  actions: { message },
})
