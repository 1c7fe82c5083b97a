import { hostname } from 'node:os'
import { Long } from 'bson'
import { MAX_DOCUMENT_BYTES } from '../bson/codec.ts'
import { mongoError } from '../errors.ts'
import { type Command, isTrue } from './command.ts'
import { SERVER_VERSION } from './hello.ts'

const ping: Command = { names: ['ping'], run: () => ({}) }

const buildInfo: Command = {
  names: ['buildInfo', 'buildinfo'],
  run: () => ({
    version: SERVER_VERSION.text,
    versionArray: SERVER_VERSION.array,
    gitVersion: 'embedded',
    modules: [],
    storageEngines: ['lmdb'],
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  }),
}

const serverStatus: Command = {
  names: ['serverStatus'],
  ignores: ['repl', 'metrics', 'locks', 'asserts', 'connections', 'network', 'opcounters'],
  run: ({ startedAt, cursors }) => ({
    host: hostname(),
    version: SERVER_VERSION.text,
    process: 'embedded',
    pid: Long.fromNumber(process.pid),
    uptime: (Date.now() - startedAt.getTime()) / 1000,
    localTime: new Date(),
    storageEngine: { name: 'lmdb', persistent: true },
    metrics: { cursor: { open: { total: cursors.size() } } },
  }),
}

const connectionStatus: Command = {
  names: ['connectionStatus'],
  ignores: ['showPrivileges'],
  run: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
}

const getParameter: Command = {
  names: ['getParameter'],
  takes: ['featureCompatibilityVersion', 'allParameters', 'ttlMonitorSleepSecs'],
  run({ name, body }) {
    const known = { featureCompatibilityVersion: { version: SERVER_VERSION.text.slice(0, 3) } }
    const wanted = body[name] === '*' || isTrue(body.allParameters) || 'featureCompatibilityVersion' in body
    if (!wanted) throw mongoError('InvalidOptions', 'no option found to get')
    return known
  },
}

const hostInfo: Command = {
  names: ['hostInfo'],
  run: () => ({ system: { currentTime: new Date(), hostname: hostname() }, os: { type: process.platform } }),
}

const whatsMyUri: Command = { names: ['whatsmyuri'], run: () => ({ you: 'local' }) }

export const diagnostics: readonly Command[] = [
  ping,
  buildInfo,
  serverStatus,
  connectionStatus,
  getParameter,
  hostInfo,
  whatsMyUri,
]
