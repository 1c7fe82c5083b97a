import { recordOf, textOf } from '../kit/said.ts'
import type { Token } from '../kit/token.ts'
import type { SfContext } from './client.ts'
import { gatewayFault } from './faults.ts'
import { TOKEN_URL } from './settings.ts'

const LIFE_SECONDS = 7_200

/** Gets an access token by partner id and check word, good for two hours. @throws ConnectorError */
export async function obtainToken({ http, settings, credentials, now }: SfContext): Promise<Token> {
  const answer = await http.send(
    () => ({
      method: 'POST',
      url: settings.tokenUrl ?? TOKEN_URL,
      form: { partnerID: credentials.partnerId, secret: credentials.checkWord, grantType: 'password' },
    }),
    {
      effect: 'read',
      fault(said) {
        if (said.status !== 200) return undefined
        const body = recordOf(said.json())
        const fault = gatewayFault(textOf(body.apiResultCode), textOf(body.apiErrorMsg))
        if (fault?.class === 'token') return { ...fault, class: 'credentials' }
        if (!fault && textOf(body.accessToken) === '') return { class: 'unreadable', said: 'no accessToken' }
        return fault
      },
    },
  )
  const body = recordOf(answer.json())
  const lifeSeconds = Number(body.expiresIn) || LIFE_SECONDS
  return {
    accessToken: textOf(body.accessToken),
    expiresAt: new Date(now().getTime() + lifeSeconds * 1_000),
  }
}
