import { type SimulatedWorld, simulatedWorld } from '../world/simulated.ts'
import type { Effect, HoldRequest, World } from '../world/world.ts'
import type { Source } from './source.ts'

/** A simulated world that reads what it is asked for from its source, and knows what was held. */
interface TrialWorld extends World, Pick<SimulatedWorld, 'setNow' | 'keep'> {
  /** Holds that were given, by the key of the visit that asked. */
  readonly held: ReadonlyMap<string, HoldRequest>
  /** Applies the effects of one visit. */
  record(key: string, effects: readonly Effect[]): Promise<void>
}

/** A world that begins with all its source has read so far. */
export function trialWorld(source: Source): TrialWorld {
  const world = simulatedWorld(source.state())
  const held = new Map<string, HoldRequest>()
  return {
    held,
    get now() {
      return world.now
    },
    setNow: world.setNow,
    keep: world.keep,
    connection: world.connection,
    sellers: world.sellers,
    async record(key, effects) {
      // What is put back comes on top of what is there, so that must be known first.
      const returned = effects.flatMap(effect => (effect.kind === 'restock' ? [effect] : []))
      if (returned.length > 0) world.learn(await source.stock(skusOf(returned)))
      world.record(key, effects)
    },
    orders: {
      async arrive(requests) {
        world.learn(await source.orders(requests.map(each => each.orderKey)))
        return world.orders.arrive(requests)
      },
      async current(requests) {
        world.learn(await source.orders(requests.map(each => each.orderKey)))
        return world.orders.current(requests)
      },
    },
    dedup: {
      async claim(requests) {
        world.learn(await source.sightings(requests.map(each => each.dedupKey)))
        return world.dedup.claim(requests)
      },
    },
    stock: {
      async facts(requests) {
        world.learn(await source.stock(skusOf(requests)))
        return world.stock.facts(requests)
      },
      async hold(requests) {
        world.learn(await source.stock(skusOf(requests)))
        const answers = await world.stock.hold(requests)
        for (const [index, { held: isHeld }] of answers.entries())
          if (isHeld) held.set(requests[index]!.key, requests[index]!)
        return answers
      },
    },
  }
}

function* skusOf(requests: readonly { readonly lines: readonly { readonly sku: string }[] }[]) {
  for (const { lines } of requests) for (const { sku } of lines) yield sku
}
