import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as connections from '../../editor/connections/words.ts'
import { resources } from '../../editor/i18n/i18n.ts'

const EDITOR = join(import.meta.dirname, '../../editor')

type Parts = Readonly<Record<string, Readonly<Record<string, string>>>>

function keysOf(parts: object): Map<string, string> {
  return new Map(
    Object.entries(parts as Parts).flatMap(([part, words]) =>
      Object.entries(words).map(([key, word]) => [`${part}.${key}`, word] as const),
    ),
  )
}

const inChinese = { ...resources.zh.translation, connections: connections.zh }
const zh = keysOf(inChinese)
const en = keysOf({ ...resources.en.translation, connections: connections.en })

async function sources(): Promise<{ path: string; text: string }[]> {
  const names = await readdir(EDITOR, { recursive: true })
  const ours = names.filter(name => /\.tsx?$/.test(name) && basename(name) !== 'words.ts')
  return Promise.all(ours.map(async path => ({ path, text: await readFile(join(EDITOR, path), 'utf8') })))
}

/** Names of the holes of a sentence, formats left out: `{{count, number}}` → count. */
function holes(sentence: string): string[] {
  return [...sentence.matchAll(/\{\{(\w+)[^}]*\}\}/g)].map(match => match[1]!).sort()
}

const isComment = (line: string) => /^\s*(\/\/|\/?\*|\{\/\*)/.test(line)

describe('the words of the editor', () => {
  it('exist in both languages', () => {
    const english = [...en.keys()].filter(key => !key.endsWith('_one'))
    expect(english.sort()).toEqual([...zh.keys()].sort())
  })

  it('are never empty', () => {
    const empty = [...zh, ...en].filter(([, word]) => word.trim() === '').map(([key]) => key)
    expect(empty).toEqual([])
  })

  it('have the same holes in both languages', () => {
    const different = [...en].filter(([key, word]) => {
      const chinese = zh.get(key.replace(/_one$/, ''))!
      const wanted = key.endsWith('_one') ? new Set([...holes(chinese)]) : undefined
      return wanted
        ? holes(word).some(hole => !wanted.has(hole))
        : holes(word).join() !== holes(chinese).join()
    })
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('are all known where they are used', async () => {
    const parts = Object.keys(inChinese).join('|')
    const missing: string[] = []
    for (const { path, text } of await sources()) {
      for (const match of text.matchAll(new RegExp(`['"\`]((?:${parts})\\.[A-Za-z0-9]+)['"\`]`, 'g'))) {
        if (!zh.has(match[1]!)) missing.push(`${path}: ${match[1]}`)
      }
    }
    expect(missing).toEqual([])
  })

  it('are all used', async () => {
    const code = (await sources()).map(({ text }) => text).join('\n')
    // `stock.${figure}` uses every key of that part that the code also names as a plain string.
    const openParts = new Set([...code.matchAll(/`(\w+)\.\$\{/g)].map(match => match[1]!))
    const unused = [...zh.keys()].filter(key => {
      const [part = '', name = ''] = key.split('.')
      const isNamed = code.includes(`'${key}'`)
      const isBuilt = openParts.has(part) && code.includes(`'${name}'`)
      return !isNamed && !isBuilt
    })
    expect(unused).toEqual([])
  })

  it('are the only words on screen: no Chinese stands in the code itself', async () => {
    const found: string[] = []
    for (const { path, text } of await sources()) {
      for (const line of text.split('\n')) {
        const code = line.replace(/\/\*\*?.*?\*\/|\/\/.*$/g, '')
        if (!isComment(line) && /[\u4e00-\u9fff]/.test(code)) found.push(`${path}: ${line.trim()}`)
      }
    }
    expect(found).toEqual([])
  })

  it('are the only words on screen: no English sentence stands between tags or in a label', async () => {
    const found: string[] = []
    for (const { path, text } of await sources()) {
      if (!path.endsWith('.tsx')) continue
      // Keys of the keyboard and addresses are the same in every language.
      const told = [
        ...text.matchAll(/>\s*([A-Z][a-z]+(?: [a-zA-Z]+)*)\s*<\//g),
        ...text.matchAll(/(?:aria-label|title|placeholder|alt)="([^"]*)"/g),
      ].map(match => match[1]!)
      found.push(...told.filter(words => words !== 'Ctrl K').map(words => `${path}: ${words}`))
    }
    expect(found).toEqual([])
  })
})
