import type { Document } from 'bson'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import { idKey } from '../../../server/embedded/bson/key.ts'
import type { Collection } from '../../../server/embedded/store/catalog.ts'
import { buildIndex } from '../../../server/embedded/store/index-build.ts'
import type { IndexSpec } from '../../../server/embedded/store/index-spec.ts'
import { ALL_KEYS } from '../../../server/embedded/store/tree.ts'
import { openFolder } from '../support/open-folder.ts'

const { store, close } = openFolder()
afterAll(close)

const SPECS: IndexSpec[] = [
  { name: 'plain', key: { a: 1 } },
  { name: 'down', key: { b: -1, a: 1 } },
  { name: 'sparse', key: { b: 1 }, sparse: true },
  { name: 'partial', key: { a: 1 }, partialFilterExpression: { b: { $gt: 1 } } },
  { name: 'deep', key: { 'c.d': 1 } },
  { name: 'unique', key: { u: 1 }, unique: true, partialFilterExpression: { u: { $exists: true } } },
]

const scalar = fc.constantFrom<unknown>(null, 0, 1, 2, 3, 'x', 'x'.repeat(2500))
const document = fc.record(
  {
    a: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
    b: scalar,
    c: fc.oneof(scalar, fc.array(fc.record({ d: scalar }), { maxLength: 3 }), fc.record({ d: scalar })),
    u: fc.oneof(
      fc.integer({ min: 0, max: 6 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 2 }),
    ),
  },
  { requiredKeys: [] },
)
const write = fc.record({ _id: fc.integer({ min: 0, max: 6 }), document: fc.option(document) })

it('holds after any writes the entries that a fresh build would make', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 25 }), async writes => {
      await startOver()
      for (const { _id, document } of writes) await apply(_id, document).catch(ignoreTakenKeys)
      for (const spec of SPECS) {
        await buildIndex(store, 't', 'c', { ...spec, name: `fresh ${spec.name}` })
        expect(entriesOf(spec.name), spec.name).toEqual(entriesOf(`fresh ${spec.name}`))
      }
      expect(collection().count).toBe(store.tree.count(collection().table, ALL_KEYS))
    }),
    { numRuns: 150 },
  )
}, 120_000)

async function startOver(): Promise<void> {
  await store.commits.submit(() => {
    const old = store.catalog.find('t', 'c')
    if (old) store.catalog.drop(old)
    const fresh = store.catalog.create('t', 'c')
    for (const spec of SPECS) store.catalog.addIndex(fresh, spec, true)
    return { done: undefined }
  })
}

/** Inserts, replaces, or (without a document) removes. */
async function apply(_id: number, document: Document | null): Promise<void> {
  await store.commits.submit(() => {
    const key = idKey(_id)
    const raw = store.tree.get(collection().table, key)
    if (!raw && document) store.documents.insert(collection(), encode({ _id, ...document }))
    if (raw && document)
      store.documents.replace(collection(), { idKey: key, raw }, encode({ _id, ...document }))
    if (raw && !document) store.documents.remove(collection(), { idKey: key, raw })
    return { done: undefined }
  })
}

function ignoreTakenKeys(error: { code?: number }): void {
  if (error.code !== 11000) throw error
}

function collection(): Collection {
  return store.catalog.find('t', 'c')!
}

function entriesOf(name: string): string[] {
  const { table } = collection().indexes.find(index => index.name === name)!
  const entries = store.tree.first(table, ALL_KEYS, Number.POSITIVE_INFINITY)
  return entries.map(({ key, value }) => `${key.toString('hex')} ${value.toString('hex')}`)
}
