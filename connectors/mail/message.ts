import { hash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Action, ActionBodies, ActionCall } from '../kit/action.ts'
import { ConnectorError } from '../kit/fault.ts'
import { plainText } from '../kit/plain-text.ts'
import type { MailCredentials, MailSettings } from './settings.ts'
import { type MailContext, sendMail } from './smtp.ts'

type Message = ActionBodies['message']

const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+$/
const MOST_SUBJECT = 200

/**
 * Sends a message as a mail. All tries carry the same Message-ID, by which mailboxes know a repeated one; yet once the
 * text was under way, nobody can be asked whether it arrived.
 */
export const message: Action<Message, MailSettings, MailCredentials> = {
  isRepeatable: false,
  async perform(call, context) {
    const to = addressesOf(call.body, context.settings)
    const { from, mail } = await compose(call, to, context)
    const refused = await sendMail(context, { from, to }, mail)
    return {
      sent: to.length - refused.length,
      ...(refused.length > 0 && { refused: refused.join(', ') }),
    }
  },
}

/** The addresses a message names; those of the connection where it names none. */
function addressesOf({ to = [] }: Message, settings: MailSettings): readonly string[] {
  const named = to.filter(entry => ADDRESS.test(entry))
  const addresses = named.length > 0 && !to.includes('@all') ? named : [...named, ...(settings.to ?? [])]
  if (addresses.length === 0)
    throw new ConnectorError({
      class: 'request',
      said: '没有收件地址：请在消息里写邮箱地址，或在连接里填默认收件人',
    })
  return [...new Set(addresses)]
}

async function compose({ key, body }: ActionCall<Message>, to: readonly string[], context: MailContext) {
  const { from } = context.settings
  const address = /<([^<>]+)>$/.exec(from)?.[1] ?? from
  const composer = new MailComposer({
    from,
    to: [...to],
    subject: subjectOf(body),
    text: plainText(body.text),
    date: context.now(),
    messageId: `<${hash('sha256', key).slice(0, 40)}@${address.slice(address.lastIndexOf('@') + 1)}>`,
    ...(body.file && {
      attachments: [
        {
          filename: body.file.name,
          contentType: body.file.contentType,
          content: Buffer.from(body.file.base64, 'base64'),
        },
      ],
    }),
    // What a message says is never a path or an address to read from.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { from: address, mail: await composer.compile().build() }
}

/** The subject, else the first line of the text. */
function subjectOf({ subject, text }: Message): string {
  const first = plainText(text).trim().split('\n', 1)[0] ?? ''
  return (subject ?? first).trim().slice(0, MOST_SUBJECT)
}
