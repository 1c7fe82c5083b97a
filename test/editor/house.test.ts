import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

describe('the editor', () => {
  it('imports server/workflow and nothing else of the server', async () => {
    const names = await readdir(join(ROOT, 'editor'), { recursive: true })
    const foreign: string[] = []
    for (const name of names.filter(each => /\.tsx?$/.test(each))) {
      const path = join(ROOT, 'editor', name)
      const text = await readFile(path, 'utf8')
      for (const [, target = ''] of text.matchAll(/(?:from |import\()'(\.[^']*)'/g)) {
        const reached = relative(ROOT, join(dirname(path), target))
        if (!reached.startsWith('editor/') && !reached.startsWith('server/workflow/'))
          foreign.push(`${name}: ${reached}`)
      }
    }
    expect(foreign).toEqual([])
  })
})
