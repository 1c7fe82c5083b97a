import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { ConnectorContext } from '../connector.ts'
import { mailFailure } from './faults.ts'
import type { MailCredentials, MailSettings } from './settings.ts'

export type MailContext = ConnectorContext<MailSettings, MailCredentials>

export interface Envelope {
  readonly from: string
  readonly to: readonly string[]
}

const PORTS = { tls: 465, starttls: 587, none: 25 } as const
const TIMEOUT_MS = 20_000

/** Logs in and leaves again. @throws ConnectorError */
export async function logIn(context: MailContext): Promise<void> {
  await session(context, async () => {})
}

/** Sends one mail. @returns addresses the server refused while it took others. @throws ConnectorError */
export async function sendMail(
  context: MailContext,
  envelope: Envelope,
  mail: Buffer,
): Promise<readonly string[]> {
  return session(context, (smtp, handOver) => {
    const text = new Readable({
      // Asked for once the server has said that it wants the text.
      read() {
        handOver()
        this.push(mail)
        this.push(null)
      },
    })
    return called<{ readonly rejected: readonly unknown[] }>(done =>
      smtp.send({ from: envelope.from, to: [...envelope.to], size: mail.length }, text, done),
    ).then(({ rejected }) => rejected.map(String))
  })
}

/** @param work what is done once the server knows us; calls `handOver` when the text of a mail goes out */
async function session<T>(
  { settings, credentials, http, signal }: MailContext,
  work: (smtp: SMTPConnection, handOver: () => void) => Promise<T>,
): Promise<T> {
  const { host, security = 'tls', timeoutMs = TIMEOUT_MS } = settings
  const { user, password } = credentials
  const port = settings.port ?? PORTS[security]
  const address = await http.address(host, port)
  signal.throwIfAborted()
  const smtp = new SMTPConnection({
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    tls: {
      ...(!isIP(host) && { servername: host }),
      ...(settings.certificate !== undefined && { ca: settings.certificate }),
    },
  })
  let wasHandedOver = false
  let stop = () => {}
  // Failures between two commands, and the end of the server, are told to nobody else.
  const lost = new Promise<never>((_resolve, reject) => {
    smtp.on('error', reject)
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  const talk = async () => {
    await called(done => smtp.connect(done))
    if (user !== undefined && password !== undefined)
      await called(done => smtp.login({ credentials: { user, pass: password } }, done))
    return work(smtp, () => {
      wasHandedOver = true
    })
  }
  try {
    const result = await Promise.race([talk(), lost])
    smtp.quit()
    return result
  } catch (error) {
    smtp.close()
    if (signal.aborted && !wasHandedOver) throw error
    throw mailFailure(error, wasHandedOver, password === undefined ? [] : [password])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function called<T = unknown>(start: (done: (error?: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, result) => (error ? reject(error) : resolve(result as T)))
  })
}
