import type { IncomingHttpHeaders } from 'node:http'
import { isIPv4 } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { errors } from './errors.ts'

/** Whether an address or host name means this machine only. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'))
}

/** @throws errors.HostNotLoopback for an address others can reach, as long as nobody has to sign in */
export function demandLoopback(host: string): void {
  if (!isLoopback(host)) throw new errors.HostNotLoopback(host, host)
}

/**
 * Whether a request may come from where its headers say. As long as nobody signs in, the browser of this
 * machine is the only guard: pages of other sites, and names that only pretend to be this host
 * (DNS rebinding), are refused.
 */
export function isSameOrigin(headers: IncomingHttpHeaders): boolean {
  const host = headers.host ?? ''
  if (!isOurHost(host)) return false
  const { origin } = headers
  if (origin === undefined) return headers['sec-fetch-site'] !== 'cross-site'
  return URL.canParse(origin) && new URL(origin).host === host
}

// Nearly all requests name the same host: the last one that was ours needs no second look.
let ours = ''

function isOurHost(host: string): boolean {
  if (host === ours && host !== '') return true
  const isOurs = isLoopback(host.replace(/:\d+$/, ''))
  if (isOurs) ours = host
  return isOurs
}

export function refuseOtherOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (isSameOrigin(request.headers) || request.routeOptions.config.fromOutside) return done()
    const from = String(request.headers.origin ?? request.headers.host ?? '').slice(0, 200)
    done(new errors.OriginRefused(from, from))
  })
}
