import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildIfStale, type Part } from '../../server/build/part.ts'

let folder = ''
const at = (...names: string[]) => join(folder, ...names)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderloom-part-'))
  await mkdir(at('src'))
  await writeFile(at('src/a.ts'), 'a')
})

afterEach(() => rm(folder, { recursive: true }))

/** A part whose entry names the file that a build of that name wrote beside it. */
function aPart(build: string, midway: () => Promise<void> = async () => undefined): Part {
  return {
    folder: at('dist'),
    entry: 'main.txt',
    sources: [at('src')],
    async build(outDir) {
      await writeFile(join(outDir, 'main.txt'), `lib/${build}.txt`)
      await midway()
      await mkdir(join(outDir, 'lib'))
      await writeFile(join(outDir, 'lib', `${build}.txt`), build)
    },
  }
}

const read = async () => readFile(at('dist', await readFile(at('dist/main.txt'), 'utf8')), 'utf8')

/** An editor of files saves one of the sources. */
async function saved(): Promise<void> {
  const later = new Date(Date.now() + 1_000)
  await utimes(at('src/a.ts'), later, later)
}

/** As if the path had been written two hours ago. */
async function aged(...names: string[]): Promise<void> {
  const then = new Date(Date.now() - 7_200_000)
  for (const name of names) await utimes(at('dist', name), then, then)
}

describe('a part that is built before the start', () => {
  it('is built once, and again when a source changed', async () => {
    expect(await buildIfStale(aPart('one'))).toBe(at('dist/main.txt'))
    expect(await buildIfStale(aPart('two'))).toBeUndefined()
    expect(await read()).toBe('one')
    await saved()
    expect(await buildIfStale(aPart('two'))).toBe(at('src/a.ts'))
    expect(await read()).toBe('two')
  })

  it('stays as it was, and stale, when a build fails', async () => {
    await buildIfStale(aPart('one'))
    await saved()
    const failing = aPart('two', () => Promise.reject(new Error('a file does not parse')))
    await expect(buildIfStale(failing)).rejects.toThrow('a file does not parse')
    expect(await read()).toBe('one')
    expect(await readdir(at('dist'))).toEqual(['lib', 'main.txt'])
    expect(await buildIfStale(aPart('two'))).toBe(at('src/a.ts'))
  })

  it('does not take for built what was left by one that was ended half way', async () => {
    await new Promise<void>(halfWay => {
      const ended = aPart('one', () => {
        halfWay()
        return new Promise(() => undefined)
      })
      void buildIfStale(ended)
    })
    expect(existsSync(at('dist/main.txt'))).toBe(false)
    expect(await buildIfStale(aPart('two'))).toBe(at('dist/main.txt'))
    expect(await read()).toBe('two')
  })

  it('is whole when two starts build it at the same time', async () => {
    await Promise.all([buildIfStale(aPart('one')), buildIfStale(aPart('two'))])
    expect(['one', 'two']).toContain(await read())
    expect(await readFile(at('dist/lib/one.txt'), 'utf8')).toBe('one')
    expect(await readFile(at('dist/lib/two.txt'), 'utf8')).toBe('two')
  })

  it('is stale when a source was saved while it was being built', async () => {
    await buildIfStale(aPart('one', saved))
    expect(await buildIfStale(aPart('two'))).toBe(at('src/a.ts'))
  })

  it('keeps what it replaced for those who still read it, but not for good', async () => {
    await buildIfStale(aPart('one'))
    await mkdir(at('dist/.building-left'))
    await saved()
    await buildIfStale(aPart('two'))
    expect(await readFile(at('dist/lib/one.txt'), 'utf8')).toBe('one')
    await aged('lib/one.txt', 'lib/two.txt', '.building-left', 'main.txt')
    await buildIfStale(aPart('two'))
    expect(await readdir(at('dist'), { recursive: true })).toEqual(['lib', 'main.txt', 'lib/two.txt'])
  })
})
