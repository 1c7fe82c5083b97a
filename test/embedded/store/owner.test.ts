import { cpSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { expect, it } from 'vitest'
import { startEmbeddedStore } from '../../../server/embedded/embedded.ts'
import { refuseUnknownFormat } from '../../../server/embedded/store/format.ts'
import { type Address, claimFolder } from '../../../server/embedded/store/owner.ts'
import { TABLE } from '../../../server/embedded/store/tables.ts'
import { openTree } from '../../../server/embedded/store/tree.ts'
import { findOwner, noteOwner } from '../../../server/store/find-owner.ts'
import { temporaryFolder } from '../support/running-store.ts'

it('gives a folder to one store at a time and names its owner', async () => {
  const dataDir = temporaryFolder()
  const first = await startEmbeddedStore({ dataDir })
  await expect(startEmbeddedStore({ dataDir })).rejects.toMatchObject({
    code: 'DATA_FOLDER_IN_USE',
    message: expect.stringMatching(new RegExp(`${dataDir} is in use by process ${process.pid}`)),
  })
  await first.close()
  const second = await startEmbeddedStore({ dataDir })
  await second.close()
})

it('takes over from an owner that no longer listens, even one with a living number', async () => {
  const folder = temporaryFolder()
  const tree = openTree(folder, 'commit')
  const gone: Address = { path: join(folder, 'gone.sock') }
  const first = await claimFolder(tree, folder, gone)
  const second = await claimFolder(tree, folder, gone)
  expect(() => second.check()).not.toThrow()
  expect(() => first.check()).toThrow(/taken over/)
  await tree.close()
})

it('lets only one of two that start together win', async () => {
  const folder = temporaryFolder()
  const tree = openTree(folder, 'commit')
  const path = join(folder, 'x.sock')
  const server = createServer().listen(path)
  const claims = await Promise.allSettled([1, 2, 3].map(() => claimFolder(tree, folder, { path })))
  expect(claims.filter(claim => claim.status === 'fulfilled')).toHaveLength(1)
  server.close()
  await tree.close()
})

it('refuses a folder written in a format it does not know', async () => {
  const folder = temporaryFolder()
  const tree = openTree(folder, 'commit')
  tree.transact(() => tree.put(TABLE.meta, Buffer.from('format'), Buffer.from([0, 0, 0, 99])))
  expect(() => refuseUnknownFormat(tree, folder)).toThrow(
    /has format 99, and this program reads formats 1 to 2/,
  )
  await tree.close()
  await expect(startEmbeddedStore({ dataDir: folder })).rejects.toMatchObject({ code: 'DATA_FORMAT_UNKNOWN' })
})

it('says when a folder cannot be used', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, 'not a folder')
  await expect(startEmbeddedStore({ dataDir: file })).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' })
})

it('listens in a folder only its user can enter, even where the path is too long for a socket', async () => {
  const long = join(temporaryFolder(), 'x'.repeat(120))
  const store = await startEmbeddedStore({ dataDir: long })
  const socket = decodeURIComponent(new URL(store.uri).host)
  expect(Buffer.byteLength(socket)).toBeLessThan(100)
  expect(statSync(join(socket, '..')).mode & 0o777).toBe(0o700)
  expect(statSync(join(long, 'data.mdb')).mode & 0o777).toBe(0o600)
  const client = await new MongoClient(store.uri).connect()
  expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 })
  await client.close()
  await store.close()
  expect(() => statSync(join(socket, '..'))).toThrow(/ENOENT/)
})

it('keeps documents and indexes over a restart', async () => {
  const dataDir = temporaryFolder()
  for (const round of [1, 2, 3]) {
    const store = await startEmbeddedStore({ dataDir })
    const client = await new MongoClient(store.uri).connect()
    const rounds = client.db().collection('rounds')
    await rounds.createIndex({ round: 1 }, { unique: true })
    await rounds.insertOne({ round })
    await expect(rounds.insertOne({ round: 1 })).rejects.toThrow(/E11000/)
    expect(await rounds.distinct('round')).toEqual(Array.from({ length: round }, (_, i) => i + 1))
    await client.close()
    await store.close()
  }
})

it('lets a copy be opened that was made of a folder in use, and leaves the original alone', async () => {
  const dataDir = temporaryFolder()
  const store = await startEmbeddedStore({ dataDir })
  const client = await new MongoClient(store.uri).connect()
  await client.db().collection<{ _id: string }>('orders').insertOne({ _id: 'A1' })
  await noteOwner(dataDir, store.uri)
  expect(await findOwner(dataDir)).toMatchObject({ uri: store.uri })
  const copy = temporaryFolder()
  cpSync(dataDir, copy, { recursive: true, filter: path => !path.endsWith('.sock') })
  expect(await findOwner(copy)).toBeNull()
  const other = await startEmbeddedStore({ dataDir: copy })
  const second = await new MongoClient(other.uri).connect()
  await second.db().collection('orders').deleteMany({})
  const third = await new MongoClient(store.uri).connect()
  expect(await third.db().collection('orders').countDocuments()).toBe(1)
  for (const each of [client, second, third]) await each.close()
  await other.close()
  await store.close()
})
