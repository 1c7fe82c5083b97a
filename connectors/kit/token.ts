import type { ConnectorContext } from '../connector.ts'
import { ConnectorError } from './fault.ts'

/** What lets us call a platform for a while. */
export interface Token {
  readonly accessToken: string
  readonly expiresAt: Date
  readonly refreshToken?: string
  readonly refreshExpiresAt?: Date
  /** What the platform told beside it: shop id, owner. */
  readonly facts?: Readonly<Record<string, string>>
}

/** Where the token of a connection is kept. */
export interface Tokens {
  read(): Promise<Token | undefined>
  /**
   * Replaces a token. `make` runs in one place at a time whatever asks, in whichever process: the others wait and
   * get what it made, since platforms void the old token at every refresh.
   * @param known the token that is no longer good; nothing is made when another one stands there meanwhile
   */
  renew(known: Token | undefined, make: () => Promise<Token>): Promise<Token>
}

export interface TokenWays {
  /** Gets a token without a person, by the credentials alone. */
  readonly obtain?: () => Promise<Token>
  /** Gets the next token by the one before. */
  readonly refresh?: (token: Token) => Promise<Token>
  /** How long before its end a token is renewed. */
  readonly earlyMs?: number
}

const EARLY_MS = 10 * 60_000

/**
 * Calls the platform with a token that is good: renewed in time, and once more when the platform says that it is
 * not after all.
 * @throws ConnectorError; class `authorization` when a person must authorise us anew
 */
export async function withToken<T>(
  context: Pick<ConnectorContext, 'tokens' | 'now'>,
  ways: TokenWays,
  call: (token: Token) => Promise<T>,
): Promise<T> {
  const { tokens, now } = context
  const known = await tokens.read()
  const endsSoon = !known || known.expiresAt.getTime() - (ways.earlyMs ?? EARLY_MS) <= now().getTime()
  const token = endsSoon ? await renewOrKeep(context, ways, known) : known
  try {
    return await call(token)
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.fault.class !== 'token') throw error
    return call(await renewed(context, ways, token))
  }
}

/** A token near its end that cannot be renewed is used until the platform refuses it. */
async function renewOrKeep(
  context: Pick<ConnectorContext, 'tokens' | 'now'>,
  ways: TokenWays,
  known: Token | undefined,
): Promise<Token> {
  try {
    return await renewed(context, ways, known)
  } catch (error) {
    if (known && known.expiresAt > context.now() && error instanceof ConnectorError) return known
    throw error
  }
}

async function renewed(
  { tokens, now }: Pick<ConnectorContext, 'tokens' | 'now'>,
  { obtain, refresh }: TokenWays,
  known: Token | undefined,
): Promise<Token> {
  return tokens.renew(known, async () => {
    const isRefreshable =
      known?.refreshToken !== undefined && !(known.refreshExpiresAt && known.refreshExpiresAt <= now())
    if (refresh && isRefreshable) {
      try {
        return await refresh(known)
      } catch (error) {
        const isFinal =
          error instanceof ConnectorError && ['token', 'authorization'].includes(error.fault.class)
        if (!isFinal) throw error
        if (!obtain) throw new ConnectorError({ ...error.fault, class: 'authorization' }, { cause: error })
      }
    }
    if (obtain) return obtain()
    throw new ConnectorError({ class: 'authorization' })
  })
}
