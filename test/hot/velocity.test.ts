import { beforeEach, describe, expect, it } from 'vitest'
import type { Plan } from '../../server/engine/plan.ts'
import { planOf } from '../../server/engine/plans.ts'
import { spikeTeller } from '../../server/hot/spike.ts'
import { type Velocity, watchVelocity } from '../../server/hot/velocity.ts'
import { type Intake, openIntake } from '../../server/intake/intake.ts'
import { mongoBuffer } from '../../server/intake/mongo-buffer.ts'
import type { StockSpike } from '../../server/nodes/stock-spike.ts'
import type { Store } from '../../server/store/store.ts'
import { freshStore } from '../support/embedded.ts'
import { warehouses } from '../support/warehouse-shop.ts'
import { aDecidedOrder, hotWorkflow, ofSku, reportOf } from './hot-shop.ts'

const T0 = Date.parse('2026-10-01T02:00:00Z')
const MINUTE = 60_000

/** One process of several: it counts, and looks when told to, by a clock the test sets. */
interface Process {
  readonly velocity: Velocity
  look(): Promise<void>
}

describe('a SKU that sells too fast', () => {
  let store: Store
  let intake: Intake
  let clock: number
  let live: readonly Plan[]

  beforeEach(async () => {
    store = await freshStore()
    intake = await openIntake(store, mongoBuffer(store), { maxBacklog: 1_000, wake: () => {} })
    clock = T0
    watch({ unitsPerMinute: 60 })
    await store.stock.create([
      {
        _id: 'main/hangzhou/MILK-1',
        workspace: 'main',
        warehouse: 'hangzhou',
        sku: 'MILK-1',
        onHand: 90,
        held: 0,
        available: 90,
        applied: {},
      },
    ])
    return async () => {
      await intake.close()
      await store.close()
    }
  })

  function watch(...triggers: Record<string, unknown>[]): void {
    live = triggers.map((params, n) =>
      planOf(
        {
          _id: `hot-${n}@1`,
          workspace: 'main',
          workflow: `hot-${n}`,
          version: 1,
          graph: hotWorkflow(params),
          note: '',
          publishedAt: new Date(T0),
        },
        '爆款',
      ),
    )
  }

  function openProcess(raise = intake.signal): Process {
    const teller = spikeTeller({
      store,
      places: { warehouses: warehouses.map(({ _id, name, point }) => ({ id: _id, name, point })) },
      workspace: 'main',
      raise,
    })
    const velocity = watchVelocity({
      store,
      plans: { live: () => live },
      isQuiet: teller.isQuiet,
      now: () => clock,
    })
    return {
      velocity,
      async look() {
        await teller.tell(await velocity.look(), clock)
      },
    }
  }

  const sell = ({ velocity }: Process, units: number, sku = 'MILK-1') =>
    velocity.count(reportOf([aDecidedOrder(ofSku(sku, units))]))

  async function signals(): Promise<StockSpike[]> {
    const found = await store.events.find({ kind: 'signal' }).sort({ seq: 1 }).lean()
    return found.map(event => JSON.parse(event.body) as StockSpike)
  }

  it('raises a signal as soon as the limit is passed, with what is left and where', async () => {
    const one = openProcess()
    sell(one, 60)
    await one.look()
    expect(await signals()).toEqual([])

    clock += 1_000
    sell(one, 1)
    await one.look()
    expect(await signals()).toMatchObject([
      {
        workflow: 'hot-0',
        sku: 'MILK-1',
        units: 61,
        windowSeconds: 60,
        limitPerMinute: 60,
        // 61 within the last ten seconds.
        perMinute: 366,
        available: 90,
        warehouses: [
          { warehouse: 'hangzhou', name: '杭州仓', available: 90 },
          { warehouse: 'ningbo', available: 0 },
          { warehouse: 'wuhan', available: 0 },
        ],
      },
    ])
  })

  it('is noticed by what two processes sold together, and told once', async () => {
    const [one, other] = [openProcess(), openProcess()]
    sell(one, 31)
    sell(other, 30)
    await Promise.all([one.look(), other.look()])
    await Promise.all([one.look(), other.look()])
    clock += 1_000
    sell(one, 1)
    sell(other, 1)
    await Promise.all([one.look(), other.look()])
    expect(await signals()).toMatchObject([{ sku: 'MILK-1' }])
  })

  it('is left alone while it is quiet, and told again afterwards if it still sells too fast', async () => {
    watch({ unitsPerMinute: 60, cooldownMinutes: 2 })
    const [one, other] = [openProcess(), openProcess()]
    for (let minute = 0; minute < 2; minute++) {
      sell(one, 100)
      sell(other, 100)
      await one.look()
      await other.look()
      clock += MINUTE
    }
    expect(await signals()).toHaveLength(1)
    sell(other, 100)
    await other.look()
    await one.look()
    expect(await signals()).toHaveLength(2)
  })

  it('that sells below the limit minute after minute is nothing', async () => {
    const one = openProcess()
    for (let second = 0; second < 180; second += 10) {
      sell(one, 10)
      await one.look()
      clock += 10_000
    }
    expect(await signals()).toEqual([])
  })

  it('is told by the signal it was before when a process dies before it noted down that it was told', async () => {
    const dying = openProcess(async raised => {
      await intake.signal(raised)
      throw new Error('killed')
    })
    sell(dying, 100)
    await expect(dying.look()).rejects.toThrow('killed')
    const next = openProcess()
    sell(next, 10)
    await next.look()
    expect(await signals()).toHaveLength(1)
    clock += 31 * MINUTE
    sell(next, 100)
    await next.look()
    expect(await signals()).toHaveLength(2)
  })

  it('counts each order once: no repeats, returns, changes, closed orders or runs that went on', async () => {
    const one = openProcess()
    const milk = ofSku('MILK-1', 100)
    const waited = aDecidedOrder(milk)
    one.velocity.count(
      reportOf(
        [
          aDecidedOrder(milk, { duplicateOf: 'T1' }),
          aDecidedOrder({ ...milk, kind: 'return' }),
          aDecidedOrder(milk, { event: 'plain:A0#2' }),
          aDecidedOrder({ ...milk, status: 'closed' }),
          waited,
        ],
        [waited.run],
      ),
    )
    await one.look()
    expect(await signals()).toEqual([])
  })

  it('counts only recent orders and the chosen SKUs where the trigger says so', async () => {
    watch({ unitsPerMinute: 60, orderedWithinMinutes: 10, skus: ['MILK-*'] })
    const one = openProcess()
    const ago = (minutes: number) => ({ orderedAt: new Date(clock - minutes * MINUTE) })
    one.velocity.count(
      reportOf([
        aDecidedOrder({ ...ofSku('MILK-1', 100), ...ago(11) }),
        aDecidedOrder({ ...ofSku('DIAPER-L', 100), ...ago(1) }),
      ]),
    )
    await one.look()
    expect(await signals()).toEqual([])
    one.velocity.count(reportOf([aDecidedOrder({ ...ofSku('MILK-1', 100), ...ago(10) })]))
    await one.look()
    expect(await signals()).toMatchObject([{ sku: 'MILK-1' }])
  })

  it('is told to each workflow by its own limit and window', async () => {
    watch({ unitsPerMinute: 60 }, { unitsPerMinute: 1_000 }, { unitsPerMinute: 600, windowSeconds: 5 })
    const one = openProcess()
    sell(one, 100)
    await one.look()
    expect((await signals()).map(each => each.workflow).sort()).toEqual(['hot-0', 'hot-2'])
  })

  it('costs nothing while no live workflow asks for it: nothing is counted or written', async () => {
    live = []
    const one = openProcess()
    sell(one, 1_000)
    await one.look()
    watch({ unitsPerMinute: 60 })
    await one.look()
    expect(await signals()).toEqual([])
    expect(await store.velocity.countDocuments()).toBe(0)
  })

  it('writes nothing for SKUs that hardly sell', async () => {
    watch({ unitsPerMinute: 600 })
    const one = openProcess()
    for (let n = 0; n < 200; n++) sell(one, 1, `SLOW-${n}`)
    sell(one, 100)
    await one.look()
    expect(await store.velocity.find({}, { watched: 1, units: 1, _id: 0 }).lean()).toEqual([
      { watched: 'hot-0/MILK-1', units: 100 },
    ])
  })
})
