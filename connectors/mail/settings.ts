import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import { publicKey, secret } from '../kit/common-settings.ts'

const ADDRESS = '[^\\s@<>"]+@[^\\s@<>"]+'

export const mailSettings = Type.Object(
  {
    host: Type.String({
      ...hint('发信服务器（SMTP）', 'Outgoing mail server (SMTP)'),
      minLength: 1,
      maxLength: 255,
      pattern: '^[A-Za-z0-9.:-]+$',
    }),
    security: Type.Optional(
      Type.Union([Type.Literal('tls'), Type.Literal('starttls'), Type.Literal('none')], {
        ...hint('加密方式', 'Encryption', {
          options: {
            tls: { zh: 'SSL/TLS（端口 465，最常用）', en: 'TLS from the start (port 465, the usual)' },
            starttls: { zh: 'STARTTLS（端口 587）', en: 'STARTTLS (port 587)' },
            none: { zh: '不加密（只用于内网）', en: 'None (for your own network only)' },
          },
        }),
        default: 'tls',
      }),
    ),
    port: Type.Optional(
      Type.Integer({
        ...hint('端口（不填就按加密方式）', 'Port (by the encryption where empty)', { advanced: true }),
        minimum: 1,
        maximum: 65_535,
      }),
    ),
    from: Type.String({
      ...hint('发件人，例如 仓库提醒 <notice@example.com>', 'Sender: Warehouse <notice@example.com>'),
      maxLength: 320,
      pattern: `^(?:[^<>\\r\\n]*<${ADDRESS}>|${ADDRESS})$`,
    }),
    to: Type.Optional(
      Type.Array(Type.String({ maxLength: 320, pattern: `^${ADDRESS}$` }), {
        ...hint('默认收件人', 'Who gets a message that names nobody'),
        maxItems: 50,
      }),
    ),
    certificate: Type.Optional(
      Type.String({
        ...hint('服务器自签名证书（PEM）', 'Certificate of a server that signs its own (PEM)', {
          as: 'multiline',
          advanced: true,
        }),
        maxLength: 20_000,
      }),
    ),
    timeoutMs: Type.Optional(
      Type.Integer({
        ...hint('最多等多久', 'How long to wait', { as: 'duration', advanced: true }),
        default: 20_000,
        minimum: 100,
        maximum: 120_000,
      }),
    ),
  },
  { additionalProperties: false },
)
export type MailSettings = Static<typeof mailSettings>

export const mailCredentials = Type.Object(
  {
    user: Type.Optional(publicKey('登录名（一般是邮箱地址）', 'User (mostly the address)')),
    password: Type.Optional(
      secret('密码或授权码（多数邮箱要用授权码）', 'Password, or the code that most providers want instead'),
    ),
  },
  { additionalProperties: false },
)
export type MailCredentials = Static<typeof mailCredentials>
