import type { ConnectorContext } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { recordOf, textOf } from '../kit/said.ts'
import { kuaidi100Fault, SUBSCRIBED_ALREADY } from './faults.ts'
import { type Kuaidi100Credentials, type Kuaidi100Settings, QUERY_URL, SUBSCRIBE_URL } from './settings.ts'
import { querySign } from './sign.ts'

export type Kuaidi100Context = ConnectorContext<Kuaidi100Settings, Kuaidi100Credentials>

/** A number in Kuaidi100's words. */
export interface Asked {
  readonly com: string
  readonly num: string
  readonly phone?: string
}

/** Asks where a parcel is. @throws ConnectorError; its `returnCode` stands in `fault.code` */
export async function queryRoute(
  { http, settings, credentials }: Kuaidi100Context,
  { com, num, phone }: Asked,
): Promise<Readonly<Record<string, unknown>>> {
  const { resultv2 = '4' } = settings
  const param = JSON.stringify({ com, num, ...(phone && { phone }), resultv2, show: '0', order: 'desc' })
  const { customer, key } = credentials
  const sign = querySign(param, key, customer)
  const answer = await http.send(
    () => ({
      method: 'POST',
      url: settings.queryUrl ?? QUERY_URL,
      form: { customer, sign, param },
      secrets: [sign],
    }),
    {
      effect: 'read',
      fault(said) {
        if (said.status !== 200) return undefined
        const body = recordOf(said.json())
        if (Array.isArray(body.data)) return undefined
        const code = textOf(body.returnCode) || textOf(body.status)
        if (code === '') return { class: 'unreadable', said: said.text.slice(0, 80) }
        return kuaidi100Fault(code, textOf(body.message))
      },
    },
  )
  return recordOf(answer.json())
}

/** Has Kuaidi100 push what happens to a parcel. A second time changes nothing. @throws ConnectorError */
export async function subscribe(
  { http, settings, credentials }: Kuaidi100Context,
  { com, num, phone }: Asked,
  callbackurl: string,
): Promise<void> {
  const { key, salt } = credentials
  if (!salt)
    throw new ConnectorError({
      class: 'credentials',
      said: '订阅推送前，请先在密钥里填一个 salt / pushes need a salt among the credentials',
    })
  const { resultv2 = '4' } = settings
  const parameters = { callbackurl, salt, resultv2, ...(phone && { phone }) }
  const param = JSON.stringify({ company: com, number: num, key, parameters })
  await http.send(
    () => ({ method: 'POST', url: settings.subscribeUrl ?? SUBSCRIBE_URL, form: { schema: 'json', param } }),
    {
      effect: 'read',
      fault(said) {
        if (said.status !== 200) return undefined
        const body = recordOf(said.json())
        const code = textOf(body.returnCode)
        if (code === '200' || code === SUBSCRIBED_ALREADY) return undefined
        if (code === '') return { class: 'unreadable', said: said.text.slice(0, 80) }
        return kuaidi100Fault(code, textOf(body.message))
      },
    },
  )
}
