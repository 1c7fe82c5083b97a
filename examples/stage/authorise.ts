import { describe, type ServerClient } from './server-client.ts'

/**
 * Lets the product into a shop as its owner does: the platform's page, and the link on it that leads back with a code.
 * @throws when the platform or the product refuses
 */
export async function authorise(server: ServerClient, connection: string): Promise<void> {
  const begun = await server.request('POST', `/api/connections/${connection}/authorize`, {})
  if (begun.status !== 200) throw new Error(`${connection}: ${describe(begun)}`)
  const page = await (await fetch((begun.body as { url: string }).url)).text()
  const link = /href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  if (!link) throw new Error(`${connection}: the platform offers no way back: ${page.slice(0, 200)}`)
  const back = await fetch(link, { redirect: 'manual' })
  const to = new URL(back.headers.get('location') ?? '', server.url)
  if (!to.searchParams.has('authorized'))
    throw new Error(`${connection}: ${to.searchParams.get('authorizeFailed') ?? `HTTP ${back.status}`}`)
}
