import { resolve } from 'node:path'
import { ROLES, type Role } from './cluster/role.ts'

/** Every setting of the process, read once from the environment; each has a default that works on a laptop. */
export interface Config {
  readonly role: Role
  readonly host: string
  readonly port: number
  /** Folder of the embedded store and of everything else the product keeps on disk. */
  readonly dataDir: string
  /** Set: the product runs on this MongoDB. Absent: on the embedded store in `dataDir`. */
  readonly mongoUri: string | undefined
  /** Set: orders wait in this Redis, and processes talk by way of it. */
  readonly redisUrl: string | undefined
  readonly logLevel: string
  /** Orders decided per second at most; 0 means as fast as the machine can. */
  readonly drainPerSecond: number
  /** Events that may wait before intake answers 503. */
  readonly maxBacklog: number
  /** Largest request body, in bytes. */
  readonly maxBodyBytes: number
  /** How long finished runs and worked-off events are kept. */
  readonly retentionDays: number
  /** Opens the sealed credentials; absent: a key of its own in `dataDir`. */
  readonly secretKey: string | undefined
  /** Where platforms and browsers reach this server from outside: `https://orders.example.com`. Absent: only this machine does. */
  readonly publicUrl: string | undefined
  /** Addresses (`host:port`) outgoing calls may reach although they are private; for a supplier on the own network. */
  readonly outgoingAllow: readonly string[]
  /** How often a connection is polled unless it says otherwise. */
  readonly pollEveryMs: number
}

/** Where `npm run simulators` listens. */
const SIMULATORS = '127.0.0.1:7700'

/** @throws {Error} naming the variable whose value cannot be used */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const number = (name: string, fallback: number, min: number, max: number) => {
    const text = env[name]
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    if (!Number.isFinite(value) || value < min || value > max)
      throw new Error(`${name} must be a number from ${min} to ${max}, but is "${text}".`)
    return value
  }
  const role = ROLES.find(each => each === (env.ROLE || 'all'))
  if (!role) throw new Error(`ROLE must be one of ${ROLES.join(', ')}, but is "${env.ROLE}".`)
  return {
    role,
    host: env.HOST ?? '127.0.0.1',
    port: number('PORT', 3000, 0, 65_535),
    dataDir: resolve(env.DATA_DIR ?? 'data'),
    mongoUri: env.MONGODB_URI || undefined,
    redisUrl: env.REDIS_URL || undefined,
    logLevel: env.LOG_LEVEL ?? 'info',
    drainPerSecond: number('DRAIN_PER_SECOND', 0, 0, 1_000_000),
    maxBacklog: number('MAX_BACKLOG', 1_000_000, 1, 100_000_000),
    maxBodyBytes: number('MAX_BODY_MB', 8, 0.001, 256) * 1024 * 1024,
    retentionDays: number('RETENTION_DAYS', 90, 1, 3_650),
    secretKey: env.SECRET_KEY || undefined,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') || undefined,
    // The simulators' own address is harmless, and lets a newcomer try a shop without a setting.
    outgoingAllow: (env.OUTGOING_ALLOW ?? SIMULATORS)
      .split(',')
      .map(entry => entry.trim())
      .filter(Boolean),
    pollEveryMs: number('POLL_EVERY_SECONDS', 300, 1, 86_400) * 1000,
  }
}
