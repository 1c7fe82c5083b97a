import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { beforeAll, describe, expect, it, vi } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const LIMIT_BYTES = 500_000

let chunks: Map<string, Rolldown.OutputChunk>
/** Style sheets by name, gzipped bytes. */
let styles: Map<string, number>

beforeAll(async () => {
  // Under a test's NODE_ENV the libraries would come in their development form.
  vi.stubEnv('NODE_ENV', 'production')
  const built = await build({
    configFile: join(ROOT, 'vite.config.ts'),
    root: join(ROOT, 'editor'),
    logLevel: 'silent',
    build: { write: false },
  })
  vi.unstubAllEnvs()
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput
  chunks = new Map(output.flatMap(each => (each.type === 'chunk' ? [[each.fileName, each] as const] : [])))
  styles = new Map(
    output.flatMap(each =>
      each.type === 'asset' && each.fileName.endsWith('.css')
        ? [[each.fileName, gzipSync(each.source).length] as const]
        : [],
    ),
  )
}, 120_000)

/** A piece of code and everything it cannot start without. */
function needed(start: (chunk: Rolldown.OutputChunk) => boolean): Set<string> {
  const names = new Set<string>()
  const take = (name: string): void => {
    const chunk = chunks.get(name)
    if (!chunk || names.has(name)) return
    names.add(name)
    for (const below of chunk.imports) take(below)
  }
  for (const chunk of chunks.values()) if (start(chunk)) take(chunk.fileName)
  return names
}

function gzippedBytes(names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + gzipSync(chunks.get(name)!.code).length, 0)
}

/** The style sheets that come with pieces of code. */
function stylesOf(names: Iterable<string>): number {
  const sheets = new Set([...names].flatMap(name => [...(chunks.get(name)!.viteMetadata?.importedCss ?? [])]))
  return [...sheets].reduce((sum, sheet) => sum + styles.get(sheet)!, 0)
}

const pieces = (name: string) => (chunk: Rolldown.OutputChunk) => chunk.isEntry || chunk.name === name

describe('the first page', () => {
  it('loads under 500 kB gzipped, its chart and its styles included', () => {
    const names = new Set([...needed(pieces('OverviewPage')), ...needed(pieces('FlowLines'))])
    expect(names.size).toBeGreaterThan(3)
    expect(stylesOf(names)).toBeGreaterThan(1_000)
    expect(gzippedBytes(names) + stylesOf(names)).toBeLessThan(LIMIT_BYTES)
  })

  it('does not wait for the charts or the canvas before it shows anything', () => {
    const modules = [...needed(pieces('OverviewPage'))].flatMap(name => chunks.get(name)!.moduleIds)
    expect(modules.length).toBeGreaterThan(100)
    expect(modules.filter(id => /node_modules\/(echarts|zrender|@xyflow|@dagrejs)\//.test(id))).toEqual([])
  })
})
