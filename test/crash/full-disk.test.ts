import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { type Collection, MongoClient } from 'mongodb'
import { afterAll, expect, it, vi } from 'vitest'
import { STORE_VICTIM } from '../support/built-server.ts'
import { type SmallDisk, smallDisk } from './small-disk.ts'

const WRITERS = 4
const TEXT = 'x'.repeat(20_000)
const OUT_OF_DISK_SPACE = 14031

interface Row {
  _id: string
  text: string
}

const disk = smallDisk(80)
const acknowledged = new Set<string>()
const refused = new Set<string>()
const victims = new Set<ChildProcess>()
afterAll(() => {
  for (const victim of victims) victim.kill('SIGKILL')
  disk?.remove()
})

it('refuses writes on a full disk, loses nothing it acknowledged, and goes on when there is room', async ctx => {
  if (!disk) return ctx.skip('nothing can be mounted here, so no disk can be filled')
  disk.fill('first', 10)
  disk.fill('second', 10)
  const { rows, victim, client } = await startVictim(disk.folder)

  await writeUntilRefused(rows, 'a')
  await check(rows)
  expect(await rows.findOne({ _id: [...acknowledged][0]! })).not.toBeNull()

  disk.makeRoom('first')
  await vi.waitUntil(() => write(rows, 'room'), { timeout: 10_000, interval: 100 })
  await writeUntilRefused(rows, 'b')
  await check(rows)

  // Before its server is gone: afterwards the driver may wait for it without end.
  await client.close()
  victim.kill('SIGKILL')
  await once(victim, 'exit')
  expect(await startOnFull(disk)).toMatch(/Its disk is full \(0 MB are free\)\. Make room, then start again/)
  disk.makeRoom('second')
  const again = await startVictim(disk.folder)
  await check(again.rows)
  expect(await write(again.rows, 'after')).toBe(true)
  await again.client.close()
})

/** @returns what a start on a full disk says. What a killed process had room for may be given back a moment later. */
async function startOnFull({ folder, fillUp, makeRoom }: SmallDisk): Promise<string> {
  const filled: string[] = []
  let told = ''
  while (told === '' && filled.length < 10) {
    filled.push(`rest-${filled.length}`)
    fillUp(filled.at(-1)!)
    const unable = spawnVictim(folder, 'pipe')
    const started = once(createInterface(unable.stdout!), 'line').then(() => '')
    told = await Promise.race([text(unable.stderr!), started])
    unable.kill('SIGKILL')
  }
  for (const name of filled) makeRoom(name)
  return told
}

function spawnVictim(folder: string, stderr: 'pipe' | 'inherit'): ChildProcess {
  const victim = spawn(process.execPath, [STORE_VICTIM, join(folder, 'store')], {
    stdio: ['ignore', 'pipe', stderr],
  })
  victims.add(victim)
  return victim
}

async function startVictim(folder: string) {
  const victim = spawnVictim(folder, 'inherit')
  const [uri] = await once(createInterface(victim.stdout!), 'line')
  const client = await new MongoClient(uri, { retryReads: false }).connect()
  return { victim, client, rows: client.db().collection<Row>('rows') }
}

async function writeUntilRefused(rows: Collection<Row>, name: string): Promise<void> {
  const before = refused.size
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let i = 0; await write(rows, `${name}-${writer}-${i}`); i++);
  })
  await Promise.all(writers)
  expect(refused.size).toBe(before + WRITERS)
}

/** @returns whether it was acknowledged; else it was refused for want of room, as nothing else may be */
async function write(rows: Collection<Row>, _id: string): Promise<boolean> {
  try {
    await rows.insertOne({ _id, text: TEXT })
    acknowledged.add(_id)
    refused.delete(_id)
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: OUT_OF_DISK_SPACE })
    refused.add(_id)
    return false
  }
}

async function check(rows: Collection<Row>): Promise<void> {
  const stored = new Set((await rows.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id))
  expect([...acknowledged].filter(_id => !stored.has(_id))).toEqual([])
  expect([...refused].filter(_id => stored.has(_id))).toEqual([])
}
