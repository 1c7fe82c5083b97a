import type { ConnectorRoom } from './connector-room.ts'

const REDIRECT = 'http://127.0.0.1:3000/api/connections/shop/authorised'

/**
 * Lets the app in as the owner of the shop does: opens the page and reads the link that leads back with a code,
 * which is exchanged for the token of the room.
 */
export async function authorise({
  connector,
  context,
}: Pick<ConnectorRoom, 'connector' | 'context'>): Promise<void> {
  const { authorization } = connector
  if (!authorization) throw new Error(`${connector.id} needs no authorisation.`)
  const page = await fetch(authorization.url(context, REDIRECT, 'state-1'))
  const link = /href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&')
  if (!link) throw new Error(`No link on the page of ${connector.id}.`)
  const back = new URL(link)
  if (back.searchParams.get('state') !== 'state-1') throw new Error('The state was lost.')
  const known = await context.tokens.read()
  await context.tokens.renew(known, () =>
    authorization.exchange(context, back.searchParams.get('code') ?? '', REDIRECT),
  )
}
