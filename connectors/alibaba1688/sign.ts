import { createHmac } from 'node:crypto'

/**
 * `_aop_signature` of a call to the 1688 gateway: the path and all parameters but itself, sorted by name, names and
 * values strung together as they are before encoding. Source: "签名规则" of open.1688.com.
 * @param path without host and leading slash: `param2/1/com.alibaba.trade/alibaba.trade.cancel/1234567`
 */
export function signAop(path: string, params: Readonly<Record<string, string>>, secret: string): string {
  const said = Object.keys(params)
    .filter(name => name !== '_aop_signature')
    .sort()
    .map(name => name + params[name])
    .join('')
  return createHmac('sha1', secret)
    .update(path + said, 'utf8')
    .digest('hex')
    .toUpperCase()
}
