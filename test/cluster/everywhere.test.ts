import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Everywhere,
  everywhere,
  placesEverywhere,
  plansEverywhere,
} from '../../server/cluster/everywhere.ts'
import { openMembers } from '../../server/cluster/members.ts'
import type { Role } from '../../server/cluster/role.ts'
import { storeNews } from '../../server/cluster/store-news.ts'
import { openPlans } from '../../server/engine/plans.ts'
import type { Store } from '../../server/store/store.ts'
import { readPlaces } from '../../server/world/live/places.ts'
import { freshStore } from '../support/embedded.ts'
import { warehouses } from '../support/warehouse-shop.ts'

let store: Store
let closes: (() => Promise<unknown>)[]

beforeEach(async () => {
  store = await freshStore()
  closes = []
})
afterEach(async () => {
  for (const close of closes.reverse()) await close()
  await store.close()
})

const log = {
  error: (details: object) => console.error(details),
  warn: (details: object) => console.error(details),
}

async function process(name: string, role: Role, isAsleep = false) {
  const members = openMembers(store, { role, log, name: `${name}:1:x` })
  await members.start()
  const news = await storeNews(store, { members, log })
  const plans = openPlans(store, 'main')
  const places = readPlaces(store, 'main')
  const refresh = () => Promise.all([plans.refresh(), places.refresh()])
  await refresh()
  const all: Everywhere = everywhere({
    news,
    members,
    refresh: isAsleep ? () => new Promise(() => {}) : refresh,
    log,
  })
  closes.push(async () => {
    all.stop()
    await news.close()
    await members.stop()
  })
  return { places, shared: { plans: plansEverywhere(plans, all), places: placesEverywhere(places, all) } }
}

describe('what a web process changes', () => {
  it('is known to every worker by the time it is done', async () => {
    const worker = await process('worker', 'worker')
    const web = await process('web', 'web')
    await store.warehouses.create(warehouses)
    expect(worker.places.warehouses).toEqual([])
    await web.shared.places.refresh()
    expect(web.shared.places.warehouses).toHaveLength(3)
    expect(worker.places.warehouses).toHaveLength(3)
  })

  it('is known also to a worker that came a moment ago', async () => {
    const web = await process('web', 'web')
    const worker = await process('worker', 'worker')
    await store.warehouses.create(warehouses)
    await web.shared.places.refresh()
    expect(worker.places.warehouses).toHaveLength(3)
  })

  it('waits for nobody when it is alone, and not for ever for a worker that does not answer', async () => {
    const web = await process('web', 'web')
    const began = Date.now()
    await web.shared.plans.refresh()
    expect(Date.now() - began).toBeLessThan(500)
    await process('worker', 'worker', true)
    await web.shared.plans.refresh()
    expect(Date.now() - began).toBeLessThan(6_000)
  })
})
