import { expect, it } from 'vitest'
import { isAboutSku, subjectPath } from '../../../editor/parts/subject-path.ts'

it('what a run is about is shown on the page of orders, or of stock where it began with a SKU', () => {
  expect(subjectPath('tb:T1001', 'T1001')).toBe('/orders?open=tb%3AT1001')
  expect(subjectPath('signal:A/1#hot/2', 'A/1')).toBe('/stock?sku=A%2F1')
  expect([isAboutSku('signal:A#hot/2'), isAboutSku('signal:T1')]).toEqual([true, false])
})
