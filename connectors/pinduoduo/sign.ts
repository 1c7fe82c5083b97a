import { hash } from 'node:crypto'

/**
 * The `sign` of a request to the Pinduoduo gateway: MD5 over all other parameters, sorted by name, each name
 * before its value, with the secret before and behind; upper-case hex.
 */
export function pinduoduoSign(params: Readonly<Record<string, string>>, clientSecret: string): string {
  const parts = Object.keys(params)
    .filter(name => name !== 'sign')
    .sort()
    .map(name => name + params[name])
  return hash('md5', clientSecret + parts.join('') + clientSecret, 'hex').toUpperCase()
}
