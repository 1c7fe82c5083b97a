import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Outgoing calls must not reach into the own network: metadata services, databases, neighbours. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError'
}

/** Only addresses that anybody on the internet could reach. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

/**
 * Checks a url before a call. Names are checked when they are resolved, by `publicLookup`.
 * @param allowed `host:port` entries that may be reached although they are private
 * @throws {PrivateAddressError} naming the host
 */
export function checkTarget(url: URL, allowed: readonly string[]): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new PrivateAddressError(`Only http and https addresses can be called, not ${url.protocol}`)
  if (isAllowed(url, allowed)) return
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host) && !isPublicAddress(host))
    throw new PrivateAddressError(
      `${url.host} is a private address; list it in OUTGOING_ALLOW if it is meant.`,
    )
}

export function isAllowed(url: URL, allowed: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return allowed.includes(`${url.hostname}:${port}`)
}

/** Resolves a name and answers only if every address of it is public; the connection is made to what was checked. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [], 0)
    const hidden = addresses.find(({ address }) => !isPublicAddress(address))
    if (hidden) return callback(new PrivateAddressError(`${hostname} leads to a private address.`), [], 0)
    if (options.all) return callback(null, addresses)
    const [first] = addresses
    callback(null, first!.address, first!.family)
  })
}
