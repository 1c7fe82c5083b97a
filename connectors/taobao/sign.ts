import { createHash, createHmac } from 'node:crypto'

export type SignMethod = 'md5' | 'hmac' | 'hmac-sha256'

/**
 * The `sign` of a call to the Taobao Open Platform: all parameters but `sign` itself and those without a value,
 * sorted by name, names and values strung together.
 * Source: "API 调用方法详解" of open.taobao.com.
 */
export function signTop(
  params: Readonly<Record<string, string>>,
  secret: string,
  method: SignMethod = params.sign_method as SignMethod,
): string {
  const said = Object.keys(params)
    .filter(name => name !== '' && name !== 'sign' && params[name] !== '')
    .sort()
    .map(name => name + params[name])
    .join('')
  const made =
    method === 'md5'
      ? createHash('md5').update(secret + said + secret, 'utf8')
      : createHmac(method === 'hmac' ? 'md5' : 'sha256', secret).update(said, 'utf8')
  return made.digest('hex').toUpperCase()
}
