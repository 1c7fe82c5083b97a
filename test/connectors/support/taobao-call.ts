import { shanghaiText } from '../../../connectors/kit/shanghai-time.ts'
import { signTop } from '../../../connectors/taobao/sign.ts'
import { parseJson } from '../../../server/intake/json.ts'
import type { ConnectorRoom } from './connector-room.ts'

/** A signed call of the simulated Taobao by hand. @returns its answer as it came, big integers as texts */
export async function taobaoCall(
  { context, token }: ConnectorRoom,
  method: string,
  params: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const { gateway } = context.settings as { readonly gateway: string }
  const { appKey, appSecret } = context.credentials as Readonly<Record<'appKey' | 'appSecret', string>>
  const form: Record<string, string> = {
    method,
    app_key: appKey,
    session: token()?.accessToken ?? '',
    timestamp: shanghaiText(new Date()),
    format: 'json',
    v: '2.0',
    sign_method: 'md5',
    ...params,
  }
  form.sign = signTop(form, appSecret)
  const answer = await fetch(gateway, { method: 'POST', body: new URLSearchParams(form) })
  return parseJson(await answer.text()) as Readonly<Record<string, unknown>>
}
