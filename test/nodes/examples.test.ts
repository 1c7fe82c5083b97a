import { describe, expect, it } from 'vitest'
import { nodeTypes } from '../../server/nodes/index.ts'
import { newValidator } from '../../server/nodes/order-schema.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import { runOne, told } from './run-node.ts'

describe.each(nodeTypes.map(type => [type.type, type] as const))('%s', (_, type) => {
  it('has an example and words in both languages', () => {
    expect(type.examples.length).toBeGreaterThan(0)
    for (const text of [type.name, type.title, type.description, ...Object.values(type.ports)]) {
      expect(text.zh).toMatch(/\S/)
      expect(text.en).toMatch(/^[ -~–…≥×]+$/)
    }
  })

  it('names its params in both languages', () => {
    const { properties } = type.params as unknown as { properties: Record<string, { ui?: unknown }> }
    for (const [param, { ui }] of Object.entries(properties)) {
      expect(ui, param).toMatchObject({
        zh: expect.stringMatching(/\S/),
        en: expect.stringMatching(/^[ -~]+$/),
      })
    }
  })

  it.each(type.examples.map(example => [example.title.zh, example] as const))(
    'does what its example says: %s',
    async (_title, example) => {
      const { params, data, world, expect: expected } = example
      const validate = newValidator().compile(type.params)
      validate(params)
      expect(validate.errors ?? []).toEqual([])
      expect(type.checkParams?.(params) ?? []).toEqual([])
      const outcome = await runOne(type, params, data, world)
      expect(outcome.failed).toBeUndefined()
      expect(outcome.ports).toEqual(expected.ports)
      expect(outcome.note ?? {}).toMatchObject(expected.note ?? {})
      const ports = { ...type.ports, ...portsOf(type, params) }
      expect(Object.keys(ports)).toEqual(expect.arrayContaining([...outcome.ports]))
      const sentence = told(type, params, outcome)
      for (const text of [sentence.zh, sentence.en]) {
        expect(text).toMatch(/\S/)
        expect(text).not.toMatch(/undefined|null|NaN|\[object/)
      }
    },
  )
})

it('every node type is listed once', () => {
  expect(new Set(nodeTypes.map(type => type.type)).size).toBe(nodeTypes.length)
})
