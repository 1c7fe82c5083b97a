import { expect, it } from 'vitest'
import { orderIdOf } from '../../server/store/order-key.ts'

it('a key names the order of a platform, or the SKU a signal is about', () => {
  expect(orderIdOf('tb:T1001')).toBe('T1001')
  expect(orderIdOf('tb:T:10#01')).toBe('T:10#01')
  expect(orderIdOf('signal:MILK-1#hot/2')).toBe('MILK-1')
  expect(orderIdOf('signal:A#1#hot/2')).toBe('A#1')
  // A connection may be called so as well.
  expect(orderIdOf('signal:T1001')).toBe('T1001')
})
