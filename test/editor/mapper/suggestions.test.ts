import { describe, expect, it } from 'vitest'
import { newStep, optionsOf, stepDetail, typedValue } from '../../../editor/mapper/step-words.ts'
import {
  openSuggestions,
  type Suggestion,
  sureOnes,
  withSuggestions,
} from '../../../editor/mapper/suggestions.ts'
import { mappingLanguage } from '../../../server/nodes/mapping/language.ts'

const reason = { zh: '', en: '' }
const one = (to: string, field: object = {}, confidence = 0.9): Suggestion => ({
  to,
  field: { to: to.replace('items.', ''), from: to, ...field },
  confidence,
  reason,
})
const items: Suggestion = {
  to: 'items',
  field: { to: 'items', each: 'lines', required: true },
  confidence: 1,
  reason,
}
const all = [one('phone'), one('address'), items, one('items.sku'), one('items.quantity', {}, 0.45)]

describe('suggestions', () => {
  it('are open only for fields that are still empty', () => {
    const open = openSuggestions([{ to: 'phone', from: 'x' }], all).map(({ to }) => to)
    expect(open).toEqual(['address', 'items', 'items.sku', 'items.quantity'])
  })

  it('of entries fit only the list they were made for', () => {
    expect(openSuggestions([{ to: 'items', each: 'other' }], all).map(({ to }) => to)).toEqual([
      'phone',
      'address',
    ])
  })

  it('of a whole address are closed once its parts are mapped, and the other way round', () => {
    expect(openSuggestions([{ to: 'address.detail', from: 'x' }], [one('address')])).toEqual([])
    expect(openSuggestions([{ to: 'address', from: 'x' }], [one('address.city')])).toEqual([])
  })

  it('are taken together where they are sure, and become the mapping as they were shown', () => {
    const taken = sureOnes(all)
    expect(taken).toHaveLength(4)
    expect(withSuggestions([{ to: 'kind', default: 'sale' }], taken, all)).toEqual([
      { to: 'kind', default: 'sale' },
      { to: 'items', each: 'lines', fields: [{ to: 'sku', from: 'items.sku' }], required: true },
      { to: 'phone', from: 'phone' },
      { to: 'address', from: 'address' },
    ])
  })

  it('of an entry bring the list along when they are taken alone', () => {
    expect(withSuggestions([], [one('items.sku')], all)[0]).toMatchObject({
      each: 'lines',
      fields: [{ to: 'sku' }],
    })
  })
})

describe('the words of a step', () => {
  const { transforms } = mappingLanguage()
  const transform = (use: string) => transforms.find(each => each.use === use)!

  it('ask for every option of every transform, by the kind of value it has', () => {
    const kinds = (use: string) => optionsOf(transform(use)).map(({ name, kind }) => `${name}:${kind}`)
    expect(kinds('date')).toEqual(['format:choice', 'zone:text'])
    expect(kinds('codes')).toEqual(['table:table', 'otherwise:text', 'keep:flag'])
    expect(kinds('pattern')).toEqual(['cases:cases', 'otherwise:text'])
    expect(kinds('boolean')).toEqual(['yes:words', 'no:words'])
    expect(kinds('template')).toEqual(['template:template'])
    expect(kinds('constant')).toEqual(['value:text'])
    for (const each of transforms)
      for (const { label } of optionsOf(each)) expect(label.zh, each.use).toMatch(/[\u4e00-\u9fff]/)
  })

  it('say on the chip what makes it this step', () => {
    expect(stepDetail({ use: 'date', format: 'epoch-ms' }, transform('date'), 'zh')).toBe('时间戳（毫秒）')
    expect(stepDetail({ use: 'codes', table: { a: 1, b: 2 }, keep: true }, transform('codes'), 'zh')).toBe(
      '2 · 其它值保持原样',
    )
    expect(stepDetail({ use: 'template', template: '{a}{b}' }, transform('template'), 'en')).toBe('{a}{b}')
    expect(stepDetail({ use: 'gone' }, undefined, 'en')).toBe('')
  })

  it('start a step with what it cannot be without', () => {
    expect(newStep(transform('trim'))).toEqual({ use: 'trim' })
    expect(newStep(transform('template'))).toEqual({ use: 'template', template: '{value}' })
    expect(newStep(transform('codes'))).toEqual({ use: 'codes', table: {} })
  })

  it('keep truths and numbers what they are while the typing allows it', () => {
    expect(typedValue('false', true)).toBe(false)
    expect(typedValue('12', 1)).toBe(12)
    expect(typedValue('012', 1)).toBe('012')
    expect(typedValue('true', '')).toBe('true')
  })
})
