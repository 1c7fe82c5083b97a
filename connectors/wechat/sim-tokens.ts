import { randomBytes } from 'node:crypto'
import { SimError } from './sim-error.ts'

const LIFE_MS = 7_200_000
/** Within so long before its end a token is followed by the next one, and lives on beside it. */
const HANDOVER_MS = 5 * 60_000

interface SimToken {
  readonly text: string
  readonly endsAt: number
}

/** Tokens of one shop, as `/cgi-bin/stable_token` and `/cgi-bin/token` give them. */
interface SimTokens {
  /** The token that is valid, until near its end. @param isForced void it and give a new one */
  stable(isForced: boolean): { readonly access_token: string; readonly expires_in: number }
  /** A new one at every call; the one before stays good for five minutes. */
  plain(): { readonly access_token: string; readonly expires_in: number }
  /** @throws SimError in the platform's words when it is missing, unknown or over */
  demand(token: string | undefined): void
  /** Makes all tokens that were given out be over at once. */
  expire(): void
}

export function simTokens(clock: () => Date): SimTokens {
  let current: SimToken | undefined
  let before: SimToken | undefined
  const over = new Set<string>()

  function next(): SimToken {
    if (current) over.add(current.text)
    current = {
      text: `SIM_${randomBytes(24).toString('base64url')}`,
      endsAt: clock().getTime() + LIFE_MS,
    }
    return current
  }
  const told = ({ text, endsAt }: SimToken) => ({
    access_token: text,
    expires_in: Math.ceil((endsAt - clock().getTime()) / 1_000),
  })
  const overlapping = (token: SimToken): SimToken => ({
    ...token,
    endsAt: Math.min(token.endsAt, clock().getTime() + HANDOVER_MS),
  })

  return {
    stable(isForced) {
      if (isForced) {
        before = undefined
        return told(next())
      }
      const leftMs = current ? current.endsAt - clock().getTime() : 0
      if (current && leftMs > HANDOVER_MS) return told(current)
      before = current && overlapping(current)
      return told(next())
    },
    plain() {
      before = current && overlapping(current)
      return told(next())
    },
    demand(token) {
      if (!token) throw new SimError(41001, 'access_token missing')
      const known = [current, before].find(each => each?.text === token)
      if (known && known.endsAt > clock().getTime()) return
      if (known || over.has(token)) throw new SimError(42001, 'access_token expired')
      throw new SimError(40001, 'invalid credential, access_token is invalid or not latest')
    },
    expire() {
      if (current) over.add(current.text)
      current = undefined
      before = undefined
    },
  }
}
