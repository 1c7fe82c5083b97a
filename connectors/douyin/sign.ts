import { createHash, createHmac } from 'node:crypto'

/** What a signature covers. The access token is not signed. */
export interface Signing {
  readonly appKey: string
  /** `order.searchList` */
  readonly method: string
  /** The body, byte for byte. */
  readonly paramJson: string
  /** Seconds since 1970, as it stands in the query. */
  readonly timestamp: string
}

/**
 * The signature of a call: lower-case hex of HMAC-SHA256 over the named values, in the order of their names, between
 * two copies of the secret. Source: the platform's documentation of `sign`, version 2, `sign_method=hmac-sha256`.
 */
export function signCall({ appKey, method, paramJson, timestamp }: Signing, secret: string): string {
  const plain = `${secret}app_key${appKey}method${method}param_json${paramJson}timestamp${timestamp}v2${secret}`
  return createHmac('sha256', secret).update(plain).digest('hex')
}

/** The two forms of `event-sign` that pushes carry: MD5 in the older one, HMAC-SHA256 in the newer one. Lower-case hex. */
export function pushSigns(appKey: string, body: Buffer | string, secret: string): readonly string[] {
  return [
    createHash('md5').update(appKey).update(body).update(secret).digest('hex'),
    createHmac('sha256', secret).update(appKey).update(body).update(secret).digest('hex'),
  ]
}
