import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newerThan } from '../../server/build/stale.ts'

let folder = ''
const at = (name: string) => join(folder, name)

/** Sets when a path was last touched, in minutes. */
async function touched(name: string, minute: number): Promise<void> {
  const time = new Date(2026, 10, 22, 10, minute)
  await utimes(at(name), time, time)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderloom-stale-'))
  await mkdir(at('src/deep'), { recursive: true })
  for (const name of ['src/a.ts', 'src/deep/b.ts', 'lock.json', 'index.html']) await writeFile(at(name), name)
  for (const name of ['src/a.ts', 'src/deep/b.ts', 'lock.json', 'src/deep', 'src']) await touched(name, 10)
  await touched('index.html', 20)
})

afterEach(() => rm(folder, { recursive: true }))

const reason = () => newerThan(at('index.html'), [at('src'), at('lock.json')])

describe('what was built', () => {
  it('is good while nothing it is made of is newer', async () => {
    expect(await reason()).toBeUndefined()
  })

  it('is stale once a source, however deep, was changed', async () => {
    await touched('src/deep/b.ts', 21)
    expect(await reason()).toBe(at('src/deep/b.ts'))
  })

  it('is stale once the installed packages changed', async () => {
    await touched('lock.json', 21)
    expect(await reason()).toBe(at('lock.json'))
  })

  it('is stale once a source was deleted', async () => {
    await rm(at('src/deep/b.ts'))
    expect(await reason()).toBe(at('src/deep'))
  })

  it('is stale when it was never built', async () => {
    await rm(at('index.html'))
    expect(await reason()).toBe(at('index.html'))
  })
})
