import { hash } from 'node:crypto'

/**
 * The `sign` of a request to the JD gateway: MD5 over all other parameters, sorted by name, each name before its
 * value, with the secret before and behind; upper-case hex. `360buy_param_json` is one of the parameters.
 */
export function jdSign(params: Readonly<Record<string, string>>, appSecret: string): string {
  const parts = Object.keys(params)
    .filter(name => name !== 'sign')
    .sort()
    .map(name => name + params[name])
  return hash('md5', appSecret + parts.join('') + appSecret, 'hex').toUpperCase()
}

/** `360buy_param_json`: what is asked, as JSON with its names in order; what is undefined is left out. */
export function jdParamJson(params: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(params).sort()
  return JSON.stringify(Object.fromEntries(names.map(name => [name, params[name]])))
}
