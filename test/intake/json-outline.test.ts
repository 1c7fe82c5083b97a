import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementTexts, outlineOf } from '../../server/intake/json-outline.ts'

describe('looking over a JSON text', () => {
  it('finds the texts of the elements of any list, however it is spaced', () => {
    const lists = fc.tuple(
      fc.array(fc.jsonValue({ noUnicodeString: false })),
      fc.constantFrom(undefined, 1, '\t'),
    )
    fc.assert(
      fc.property(lists, ([list, space]) => {
        const text = JSON.stringify(list, null, space)
        const texts = elementTexts(text, outlineOf(text), list.length)
        expect(texts.map(each => JSON.parse(each))).toEqual(JSON.parse(text))
      }),
    )
  })

  it.each([
    ['[ {"a":[1,2]} , "x,]\\"" ,3]', ['{"a":[1,2]}', '"x,]\\""', '3']],
    [' [{"a":"\\\\"},{}]\n', ['{"a":"\\\\"}', '{}']],
    ['[]', []],
  ])('leaves the text of an element as it stands: %s', (text, texts) => {
    expect(elementTexts(text, outlineOf(text), texts.length)).toEqual(texts)
  })

  it.each([
    ['{"id":1234567890123456}', true],
    ['[-1234567890123456.5]', true],
    ['{"id":123456789012345,"b":12}', false],
    ['{"id":"4123456789012345678"}', false],
    ['[0.1234567890123456789,1]', false],
    ['4123456789012345678', true],
  ])('sees whether an integer may be beyond 2^53: %s', (text, isSeen) => {
    expect(outlineOf(text).hasLongInteger).toBe(isSeen)
  })
})
