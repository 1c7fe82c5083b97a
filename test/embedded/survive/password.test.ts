import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Binary, type Document, deserialize, serialize } from 'bson'
import { MongoClient } from 'mongodb'
import mongoose from 'mongoose'
import { afterAll, expect, it } from 'vitest'
import { startEmbeddedStore } from '../../../server/embedded/embedded.ts'
import { listen } from '../../../server/embedded/wire/listen.ts'
import { findOwner, noteOwner } from '../../../server/store/find-owner.ts'
import { temporaryFolder } from '../support/running-store.ts'

const dataDir = temporaryFolder()
const store = await startEmbeddedStore({ dataDir, durability: 'commit', onPort: true })
afterAll(() => store.close())
const { password, host } = new URL(store.uri)

/** What the driver says about an attempt to use the store. */
async function attempt(uri: string): Promise<unknown> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 2000 })
  try {
    return await client.db().collection('x').countDocuments()
  } catch (error) {
    return error
  } finally {
    await client.close()
  }
}

it('serves the driver that knows the password, on many connections', async () => {
  expect(host).toMatch(/^127\.0\.0\.1:\d+$/)
  const client = await new MongoClient(store.uri, { minPoolSize: 4 }).connect()
  const rows = client.db().collection('rows')
  await Promise.all(Array.from({ length: 20 }, (_, i) => rows.insertOne({ i })))
  expect(await rows.countDocuments()).toBe(20)
  await client.close()
})

it('serves mongoose', async () => {
  const connection = await mongoose.createConnection(store.uri).asPromise()
  const model = connection.model('Thing', new mongoose.Schema({ name: String }))
  await model.create({ name: 'a' })
  expect(await model.countDocuments({ name: 'a' })).toBe(1)
  await connection.close()
})

it('serves a driver whose URI names the mechanism or another database', async () => {
  expect(await attempt(`${store.uri}?authMechanism=SCRAM-SHA-256`)).toBe(0)
  expect(await attempt(store.uri.replace(/\/orderloom$/, '/other'))).toBe(0)
  expect(await attempt(`${store.uri}?authSource=admin`)).toBe(0)
})

it('refuses a wrong password, a wrong user, another mechanism and none at all', async () => {
  const wrong = `${password.slice(0, -1)}${password.endsWith('A') ? 'B' : 'A'}`
  const failed = { code: 18, codeName: 'AuthenticationFailed', message: 'Authentication failed.' }
  expect(await attempt(store.uri.replace(password, wrong))).toMatchObject(failed)
  expect(await attempt(store.uri.replace('//orderloom', '//somebody'))).toMatchObject(failed)
  expect(await attempt(`${store.uri}?authMechanism=SCRAM-SHA-1`)).toMatchObject({
    code: 334,
    codeName: 'MechanismUnavailable',
  })
  expect(await attempt(`mongodb://${host}/orderloom`)).toMatchObject({
    code: 13,
    codeName: 'Unauthorized',
    message: 'Command aggregate requires authentication',
  })
})

it('does nothing but the handshake for who has not proved the password', async () => {
  const socket = createConnection({ host: '127.0.0.1', port: Number(host.split(':')[1]) })
  for (const name of ['ping', 'insert', 'dropDatabase', 'buildInfo', 'listDatabases', 'nonsense'])
    expect(await ask(socket, { [name]: 1 }), name).toMatchObject({ ok: 0, code: 13 })
  expect(await ask(socket, { saslContinue: 1, conversationId: 1, payload: new Binary() })).toMatchObject({
    code: 17,
  })
  const first = { saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: binary('n,,n=orderloom,r=abc') }
  const begun = await ask(socket, first)
  const [nonce] = /(?<=r=)[^,]+/.exec(begun.payload.toString())!
  expect(nonce.startsWith('abc')).toBe(true)
  const proof = Buffer.alloc(32, 1).toString('base64')
  for (const final of [`c=biws,r=${nonce},p=${proof}`, `c=biws,r=abc,p=${proof}`, 'p=', '']) {
    const { conversationId } = await ask(socket, first)
    expect(await ask(socket, { saslContinue: 1, conversationId, payload: binary(final) })).toMatchObject({
      code: 18,
    })
    // A failed exchange is over: an empty message does not end it well.
    expect(await ask(socket, { saslContinue: 1, conversationId, payload: binary('') })).toMatchObject({
      code: 17,
    })
  }
  expect(await ask(socket, { saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: binary('x') })).toMatchObject(
    {
      code: 18,
    },
  )
  expect(await ask(socket, { hello: 1 })).toMatchObject({ ok: 1 })
  expect(await ask(socket, { ping: 1 })).toMatchObject({ code: 13 })
  socket.destroy()
})

it('gives the password to other processes of the same user, in a file nobody else can read', async () => {
  const forget = await noteOwner(dataDir, store.uri)
  const note = join(dataDir, 'run', 'owner.json')
  if (process.platform !== 'win32') expect(statSync(note).mode & 0o777).toBe(0o600)
  const script = fileURLToPath(new URL('guest.ts', import.meta.url))
  const guest = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [told] = await once(createInterface(guest.stdout!), 'line')
  expect(told).toBe('the guest has written 1 row')
  await forget()
  expect(await findOwner(dataDir)).toBeNull()
})

it('has another password each time', async () => {
  const other = await startEmbeddedStore({ dataDir: temporaryFolder(), durability: 'commit', onPort: true })
  expect(new URL(other.uri).password).not.toBe(password)
  expect(password.length).toBeGreaterThanOrEqual(32)
  await other.close()
})

it('needs no password on a socket, whose folder nobody else can enter', async () => {
  const other = await startEmbeddedStore({ dataDir: temporaryFolder(), durability: 'commit' })
  if (process.platform !== 'win32') expect(new URL(other.uri)).toMatchObject({ username: '', password: '' })
  expect(await attempt(other.uri)).toBe(0)
  await other.close()
})

it.skipIf(process.platform === 'win32')(
  'takes a port, with a password, where no socket can be made',
  async () => {
    const before = process.env.TMPDIR
    process.env.TMPDIR = join(dataDir, 'data.mdb')
    const listener = await listen(join(dataDir, 'x'.repeat(120))).finally(() => {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
    })
    expect(listener.address).toMatchObject({ host: '127.0.0.1' })
    expect(listener.credentials?.password).toHaveLength(32)
    await listener.close()
  },
)

function binary(text: string): Binary {
  return new Binary(Buffer.from(text))
}

/** Sends a command as OP_MSG and reads the answer. */
async function ask(socket: Socket, command: Document): Promise<Document> {
  const body = serialize({ ...command, $db: 'admin' })
  const head = Buffer.alloc(21)
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE(2013, 12)
  socket.write(Buffer.concat([head, body]))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  return deserialize(answer.subarray(21))
}
