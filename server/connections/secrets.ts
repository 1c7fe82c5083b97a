import type { Token, Tokens } from '../../connectors/kit/token.ts'
import { pause } from '../../connectors/kit/token-bucket.ts'
import { errors } from '../errors.ts'
import { workerName } from '../store/lane-lease.ts'
import type { SecretDoc } from '../store/secret-doc.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from './vault.ts'

/** Credentials by name; all values are texts. */
export type Credentials = Readonly<Record<string, string>>

export interface Known {
  readonly credentials: Credentials
  readonly token?: Token
}

/** What authorises connections, sealed at rest. */
export interface Secrets {
  credentials(connection: string): Promise<Credentials>
  /** Replaces the values given and keeps the others; the token goes, since it was given for other keys. */
  change(connection: string, credentials: Credentials): Promise<void>
  forget(connection: string): Promise<void>
  /** What is kept for several connections; nothing for those whose secrets cannot be opened any more. */
  known(connections: readonly string[]): Promise<ReadonlyMap<string, Known>>
  /** A person authorised us: what stood there before is void. */
  putToken(connection: string, token: Token): Promise<void>
  tokens(connection: string, signal: AbortSignal): Tokens
}

/** How long a process that renews a token is believed to be at it. */
const RENEWING_MS = 30_000
const LOOK_AGAIN_MS = 100

export function openSecrets(store: Store, vault: Vault, workspace: string): Secrets {
  const { secrets } = store

  const find = (connection: string) => secrets.findById(connection).lean()
  const tokenOf = (found: SecretDoc | null): Token | undefined => {
    if (!found?.token) return undefined
    const { expiresAt, refreshExpiresAt, ...rest } = JSON.parse(
      vault.open(found.token, `token ${found._id}`),
    ) as Omit<Token, 'expiresAt' | 'refreshExpiresAt'> & { expiresAt: string; refreshExpiresAt?: string }
    return {
      ...rest,
      expiresAt: new Date(expiresAt),
      ...(refreshExpiresAt && { refreshExpiresAt: new Date(refreshExpiresAt) }),
    }
  }
  const sealToken = (connection: string, token: Token) =>
    vault.seal(JSON.stringify(token), `token ${connection}`)

  const credentialsOf = (found: SecretDoc | null): Credentials =>
    found?.credentials
      ? (JSON.parse(vault.open(found.credentials, `credentials ${found._id}`)) as Credentials)
      : {}
  const credentials = async (connection: string) => credentialsOf(await find(connection))

  const release = (connection: string) =>
    secrets.updateOne({ _id: connection, renewer: workerName }, { $unset: { renewer: 1, renewingUntil: 1 } })

  async function known(connections: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const found = new Map<string, Known>()
    for (const each of await secrets.find({ _id: { $in: connections } }).lean()) {
      try {
        const token = tokenOf(each)
        found.set(each._id, { credentials: credentialsOf(each), ...(token && { token }) })
      } catch (error) {
        // Sealed under another key: its next poll says so, and new credentials mend it.
        if (!(error instanceof errors.SecretUnreadable)) throw error
      }
    }
    return found
  }

  return {
    credentials,
    async change(connection, given) {
      const before = (await known([connection])).get(connection)
      const all = JSON.stringify({ ...before?.credentials, ...given })
      await secrets.updateOne(
        { _id: connection },
        {
          $set: {
            workspace,
            credentials: vault.seal(all, `credentials ${connection}`),
            changedAt: new Date(),
          },
          $unset: { token: 1, renewer: 1, renewingUntil: 1 },
        },
        { upsert: true },
      )
    },
    async forget(connection) {
      await secrets.deleteOne({ _id: connection })
    },
    known,
    async putToken(connection, token) {
      await secrets.updateOne(
        { _id: connection },
        {
          $set: { workspace, token: sealToken(connection, token), changedAt: new Date() },
          $unset: { renewer: 1, renewingUntil: 1 },
        },
        { upsert: true },
      )
    },
    tokens: (connection, signal) => ({
      read: async () => tokenOf(await find(connection)),
      async renew(known, make) {
        for (;;) {
          const current = tokenOf(await find(connection))
          if (isNew(current, known)) return current
          const now = new Date()
          const taken = await secrets
            .findOneAndUpdate(
              {
                _id: connection,
                $or: [{ renewingUntil: { $exists: false } }, { renewingUntil: { $lte: now } }],
              },
              { $set: { renewer: workerName, renewingUntil: new Date(now.getTime() + RENEWING_MS) } },
            )
            .lean()
          // Between the look and the taking somebody may have come to an end with it.
          const meanwhile = tokenOf(taken)
          if (isNew(meanwhile, known)) {
            await release(connection)
            return meanwhile
          }
          if (taken) break
          // Somebody else gets it: what they made is read at the next look. Without credentials there is no entry.
          if (!(await find(connection))) return make()
          await pause(LOOK_AGAIN_MS, signal)
        }
        try {
          const made = await make()
          await secrets.updateOne(
            { _id: connection },
            {
              $set: { token: sealToken(connection, made), changedAt: new Date() },
              $unset: { renewer: 1, renewingUntil: 1 },
            },
          )
          return made
        } catch (error) {
          await release(connection)
          throw error
        }
      },
    }),
  }
}

const isNew = (current: Token | undefined, known: Token | undefined): current is Token =>
  current !== undefined && current.accessToken !== known?.accessToken
