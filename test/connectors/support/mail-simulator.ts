import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { CERTIFICATE, CERTIFICATE_KEY } from './mail-certificate.ts'

/** A mail server of our own: it knows one user and keeps what it was sent. */
export interface MailSimulator {
  readonly port: number
  /** Mails as they came, newest last. */
  readonly mails: readonly { readonly to: readonly string[]; readonly text: string }[]
  /** What happens to the next mails, one each. */
  readonly faults: MailFault[]
  close(): Promise<void>
}

/**
 * `deny-recipient` refuses the first recipient of all mails; the others end one mail: with a reply that passes, with
 * one that stays, or without any although the mail was taken.
 */
export type MailFault = 'try-later' | 'refuse' | 'deny-recipient' | 'take-and-vanish' | 'hang-up-early'

export const MAIL_USER = 'notice@example.com'
export const MAIL_PASSWORD = 'mail-password-42'

export async function mailSimulator(security: 'tls' | 'starttls' | 'none' = 'none'): Promise<MailSimulator> {
  const mails: { to: string[]; text: string }[] = []
  const faults: MailFault[] = []
  const take = (fault: MailFault) => {
    if (faults[0] !== fault) return false
    faults.shift()
    return true
  }
  const reply = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })

  const server = new SMTPServer({
    secure: security === 'tls',
    cert: CERTIFICATE,
    key: CERTIFICATE_KEY,
    disabledCommands: security === 'none' ? ['STARTTLS'] : [],
    allowInsecureAuth: true,
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth({ username, password }, _session, done) {
      if (username === MAIL_USER && password === MAIL_PASSWORD) done(null, { user: username })
      else done(reply(535, '5.7.8 Authentication failed'))
    },
    onMailFrom(_address, _session, done) {
      done(take('hang-up-early') ? reply(421, '4.3.2 Going down') : null)
    },
    onRcptTo(_address, _session, done) {
      done(take('deny-recipient') ? reply(550, '5.1.1 No such user') : null)
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (take('try-later')) return done(reply(451, '4.7.1 Try again later'))
        if (take('refuse')) return done(reply(554, '5.7.1 Looks like spam'))
        mails.push({
          to: envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        })
        if (take('take-and-vanish')) return
        done()
      })
    },
  })
  // Connections that break are what the tests are about.
  server.on('error', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    faults,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
