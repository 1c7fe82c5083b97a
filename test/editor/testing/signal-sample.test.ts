import { expect, it } from 'vitest'
import { signalSample } from '../../../editor/testing/signal-sample.ts'
import { nodeTypes } from '../../../server/nodes/index.ts'

const drawing = (type: string) => ({ nodes: [{ id: 'a', type, params: {} }] })

it('a drawing that a signal begins is tried on the sample of its trigger, one for orders on an order', () => {
  const sample = signalSample(drawing('stock.velocity'), nodeTypes)
  expect(JSON.parse(sample!)).toMatchObject({ sku: 'MILK-1', perMinute: 1_200 })
  expect(signalSample(drawing('order.received'), nodeTypes)).toBeUndefined()
  expect(signalSample({ nodes: [] }, nodeTypes)).toBeUndefined()
})
