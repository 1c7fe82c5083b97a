/** Raw LMDB in a process of its own: `node --import tsx raw-process.ts <folder> <events stored>`. */

import type { Side } from './measured.ts'
import type { Operation } from './operation.ts'
import { fillRaw, openRaw, type RawData, removeRaw } from './raw-data.ts'
import { READS } from './reads.ts'
import { WRITES } from './writes.ts'

const [folder, count] = process.argv.slice(2)
const stored = Number(count)
const db = openRaw(folder!)
let made = 0
const data: RawData = { db, stored, fresh: () => stored + made++ }
const started = new Map<string, (at: number) => () => unknown>()
let at = 0

/** Does the work of an operation for so long; the time of preparations does not count. */
async function window(
  { name, raw, concurrency, each, rawAtOnce }: Operation,
  seconds: number,
): Promise<Side> {
  const prepare = started.get(name) ?? raw(data)
  started.set(name, prepare)
  const atOnce = rawAtOnce ? concurrency : 1
  let ms = 0
  let cpu = 0
  let calls = 0
  while (ms < seconds * 1000) {
    const work = Array.from({ length: atOnce }, () => prepare(at++))
    const before = process.cpuUsage()
    const began = performance.now()
    await Promise.all(work.map(run => run()))
    ms += performance.now() - began
    const { user, system } = process.cpuUsage(before)
    cpu += user + system
    calls += atOnce
  }
  removeRaw(db, stored, stored + made)
  made = 0
  return { perSecond: (calls * each) / (ms / 1000), cpuUs: cpu / (calls * each) }
}

async function answer(message: { fill: true } | { name: string; seconds: number }): Promise<unknown> {
  if ('fill' in message) return fillRaw(db, stored)
  return window([...WRITES, ...READS].find(each => each.name === message.name)!, message.seconds)
}

process.on('message', async message => {
  process.send!({ answer: await answer(message as Parameters<typeof answer>[0]) })
})
process.once('disconnect', () => process.exit())
process.send!('ready')
