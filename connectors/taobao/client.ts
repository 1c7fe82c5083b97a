import { ConnectorError, type Fault } from '../kit/fault.ts'
import { type Fields, isFields } from '../kit/said.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import { withToken } from '../kit/token.ts'
import { type TopError, topFault } from './faults.ts'
import { GATEWAY, type TaobaoContext } from './settings.ts'
import { signTop } from './sign.ts'
import { refresh } from './token.ts'

/** A method of the platform and what it is told; entries without a value are left out. */
export interface TopCall {
  readonly method: string
  readonly params: Readonly<Record<string, string | undefined>>
  readonly effect: 'read' | 'write'
}

/**
 * Calls a method for the authorised shop.
 * @returns what stands inside `…_response`
 * @throws ConnectorError
 */
export async function callTop(context: TaobaoContext, call: TopCall): Promise<Fields> {
  const ways = { refresh: refresh(context) }
  return withToken(context, ways, ({ accessToken }) => send(context, call, accessToken))
}

async function send(context: TaobaoContext, call: TopCall, session: string): Promise<Fields> {
  const { settings, credentials, http, now } = context
  let root: Fields | undefined
  await http.send(
    () => {
      const form: Record<string, string> = {
        method: call.method,
        app_key: credentials.appKey,
        session,
        timestamp: shanghaiText(now()),
        format: 'json',
        v: '2.0',
        sign_method: settings.signMethod ?? 'md5',
      }
      for (const [name, value] of Object.entries(call.params)) if (value !== undefined) form[name] = value
      form.sign = signTop(form, credentials.appSecret)
      return {
        url: settings.gateway ?? GATEWAY,
        form,
        secrets: [session, credentials.appSecret, form.sign],
      }
    },
    {
      effect: call.effect,
      fault(answer) {
        if (answer.status !== 200 && !answer.text.startsWith('{')) return undefined
        const body = answer.json()
        const opened = openEnvelope(body, call.method)
        if ('class' in opened) return opened
        root = opened.root
        return undefined
      },
    },
  )
  // An answer that is no fault has been opened.
  return root ?? {}
}

/** `taobao.trade.fullinfo.get` is answered with `trade_fullinfo_get_response`. */
function openEnvelope(body: unknown, method: string): Fault | { readonly root: Fields } {
  if (!isFields(body)) return { class: 'unreadable' }
  if (isFields(body.error_response)) return topFault(body.error_response as TopError)
  const root = body[`${method.replace(/^taobao\./, '').replaceAll('.', '_')}_response`]
  return isFields(root) ? { root } : { class: 'unreadable', said: Object.keys(body).join(', ').slice(0, 80) }
}

/**
 * Rows of a list, which stand one level deeper: `trades: { trade: [...] }`. Without rows the outer one is empty or
 * absent; a simplified answer has no inner one.
 */
export function nestedRows(list: unknown, inner: string): readonly Fields[] {
  const rows = isFields(list) ? list[inner] : list
  if (rows === undefined || rows === null) return []
  return (Array.isArray(rows) ? rows : [rows]).filter(isFields)
}

/** A row that cannot do without a part. @throws ConnectorError class `unreadable` */
export function demandText(row: Fields, name: string): string {
  const value = row[name]
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new ConnectorError({ class: 'unreadable', said: `no ${name}` })
}
