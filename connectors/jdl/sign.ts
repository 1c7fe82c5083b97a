import { createHash } from 'node:crypto'

/** What a signature is made over. */
export interface Signed {
  readonly secret: string
  readonly accessToken: string
  readonly appKey: string
  /** Of the interface: `/ecap/v1/orders/trace/query`. */
  readonly path: string
  /** The very text that is sent. */
  readonly body: string
  readonly timestamp: string
}

/** `sign` by the algorithm `md5-salt`, in lower case. */
export function jdlSign({ secret, accessToken, appKey, path, body, timestamp }: Signed): string {
  const content = `access_token${accessToken}app_key${appKey}method${path}param_json${body}timestamp${timestamp}v2.0`
  return createHash('md5').update(`${secret}${content}${secret}`).digest('hex')
}
