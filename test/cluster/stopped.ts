import type { Model } from 'mongoose'
import type { Store } from '../../server/store/store.ts'

/** A process that stands still in the middle of its work, as under SIGSTOP or a long pause of its machine. */
export interface Stopped {
  /** The store as this process uses it. */
  readonly store: Store
  /** Resolves when it has come to the place where it stands still. */
  readonly reached: Promise<void>
  /** Wakes it up. */
  goOn(): void
}

/** Stops a process just before its `nth` call of one method of one collection. */
export function stoppedBefore(
  store: Store,
  collection: 'lanes' | 'stock' | 'runs' | 'orders' | 'sightings' | 'events',
  method: string,
  nth = 1,
): Stopped {
  let arrive = () => {}
  let goOn = () => {}
  const reached = new Promise<void>(resolve => {
    arrive = resolve
  })
  const gate = new Promise<void>(resolve => {
    goOn = resolve
  })
  let calls = 0
  const bound = (target: object, name: string | symbol): unknown => {
    const value: unknown = Reflect.get(target, name)
    return typeof value === 'function' ? value.bind(target) : value
  }
  const model = store[collection] as Model<object>
  function slowed(target: object, name: string | symbol): unknown {
    const value = bound(target, name)
    if (name !== method || typeof value !== 'function') return value
    return async (...args: unknown[]): Promise<unknown> => {
      if (++calls === nth) {
        arrive()
        await gate
      }
      return value(...args)
    }
  }
  const native = new Proxy(model.collection, { get: slowed })
  const slow = new Proxy(model, {
    get: (target, name) => (name === 'collection' ? native : slowed(target, name)),
  })
  return { store: { ...store, [collection]: slow }, reached, goOn }
}
