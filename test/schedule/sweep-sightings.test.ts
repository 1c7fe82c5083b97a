import { expect, it } from 'vitest'
import { sweepSightings } from '../../server/schedule/sweep-sightings.ts'
import { sightingId } from '../../server/store/sighting-doc.ts'
import { freshStore } from '../support/embedded.ts'

it('forgets every sighting whose time is up within 64 hours, a part each hour, and no other', async () => {
  const store = await freshStore()
  const began = Date.parse('2026-10-01T00:00:00Z')
  const sighting = (key: string, expireAt: number) => ({
    _id: sightingId('main', key),
    expireAt: new Date(expireAt),
  })
  const many = Array.from({ length: 300 }, (_, index) => index)
  await store.sightings.collection.insertMany([
    ...many.map(index => sighting(`over ${index}`, began)),
    ...many.map(index => sighting(`needed ${index}`, began + 30 * 86_400_000)),
  ] as object[])
  const went: number[] = []
  for (let hour = 0; hour < 64; hour++)
    went.push(await sweepSightings(store, new Date(began + hour * 3_600_000)))
  expect(went.reduce((sum, each) => sum + each)).toBe(300)
  expect(Math.max(...went)).toBeLessThan(30)
  expect(await store.sightings.countDocuments()).toBe(300)
  await store.close()
})
