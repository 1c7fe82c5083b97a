import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Members, openMembers } from '../../server/cluster/members.ts'
import type { News } from '../../server/cluster/news.ts'
import { storeNews } from '../../server/cluster/store-news.ts'
import { type DraftNews, draftNews } from '../../server/live/draft-news.ts'
import { newsAdapter } from '../../server/live/news-adapter.ts'
import { servePresence } from '../../server/live/presence.ts'
import type { Store } from '../../server/store/store.ts'
import { freshStore } from '../support/embedded.ts'
import { eventually } from '../support/store-room.ts'

/** One web process' sockets. */
interface Web {
  readonly url: string
  readonly members: Members
  readonly news: News
  readonly drafts: DraftNews
  readonly io: Server
  readonly http: HttpServer
}

let store: Store
let webs: Web[]
let pages: Socket[]
const log = { warn: (details: object) => console.error(details) }

beforeEach(async () => {
  store = await freshStore()
  webs = []
  pages = []
})
afterEach(async () => {
  for (const page of pages) page.disconnect()
  for (const web of webs) await end(web)
  await store.close()
})

async function web(name: string): Promise<Web> {
  const members = openMembers(store, { role: 'web', log, name: `${name}:1:x` })
  await members.start()
  const news = await storeNews(store, { members, log })
  const http = createServer()
  const server = new Server(http, { adapter: newsAdapter(news) })
  const drafts = draftNews()
  servePresence(server, { drafts, members })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const started = { url, members, news, drafts, io: server, http }
  webs.push(started)
  return started
}

/** As a process ends that is stopped; without its last word, as one that is killed. */
async function end({ io: server, news, members }: Web, isKilled = false): Promise<void> {
  if (isKilled) await news.close()
  await server.close()
  await news.close()
  await members.stop()
}

async function page({ url }: Web) {
  const socket = io(url, { transports: ['websocket'], reconnection: false })
  pages.push(socket)
  const people: { workflow: string; people: { id: string; name: string }[] }[] = []
  const saved: unknown[] = []
  socket.on('draft:people', message => people.push(message))
  socket.on('draft:saved', message => saved.push(message))
  await new Promise(resolve => socket.on('connect', () => resolve(undefined)))
  const names = () =>
    people
      .at(-1)
      ?.people.map(each => each.name)
      .sort()
      .join()
  return { socket, saved, names }
}

describe('pages of two web processes', () => {
  it('see who else has their draft open, and hear of every save, wherever it is', async () => {
    const a = await web('a')
    const one = await page(a)
    one.socket.emit('draft:join', { workflow: 'rules', name: 'Wang' })
    await eventually('alone', () => one.names() === 'Wang')
    // The second process comes when somebody is there already.
    const b = await web('b')
    await eventually('they know each other', () => a.members.others().length === 1)
    const two = await page(b)
    two.socket.emit('draft:join', { workflow: 'rules', name: 'Li' })
    await eventually('both', () => one.names() === 'Li,Wang' && two.names() === 'Li,Wang')

    b.drafts.saved({ workflow: 'rules', rev: 2, by: 'Li' })
    a.drafts.saved({ workflow: 'other', rev: 9, by: 'Wang' })
    await eventually('the save', () => one.saved.length === 1 && two.saved.length === 1)
    expect(one.saved).toEqual([{ workflow: 'rules', rev: 2, by: 'Li' }])

    two.socket.emit('draft:leave')
    await eventually('alone again', () => one.names() === 'Wang')
    two.socket.emit('draft:join', { workflow: 'rules', name: 'Li' })
    await eventually('both again', () => one.names() === 'Li,Wang')
    two.socket.disconnect()
    await eventually('gone', () => one.names() === 'Wang')
  })

  it('are not shown the people of a process that was killed', async () => {
    const [a, b] = [await web('a'), await web('b')]
    await eventually('they know each other', () => a.members.others().length === 1)
    const [one, two] = [await page(a), await page(b)]
    one.socket.emit('draft:join', { workflow: 'rules', name: 'Wang' })
    two.socket.emit('draft:join', { workflow: 'rules', name: 'Li' })
    await eventually('both', () => one.names() === 'Li,Wang')
    await end(webs.pop()!, true)
    await eventually('its people are gone', () => one.names() === 'Wang')
  })

  it('stay connected when the other process stops', async () => {
    const [a] = [await web('a'), await web('b')]
    await eventually('they know each other', () => a.members.others().length === 1)
    const one = await page(a)
    const [, b] = webs
    b!.io.local.disconnectSockets(true)
    await end(webs.pop()!)
    one.socket.emit('draft:join', { workflow: 'rules', name: 'Wang' })
    await eventually('still there', () => one.names() === 'Wang')
  })
})
