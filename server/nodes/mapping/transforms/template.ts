import { Type } from 'typebox'
import { hint } from '../../hints.ts'
import { compileSource, type Scope, type ScopeReader } from '../scope.ts'
import { defineTransform } from '../transform.ts'

const VALUE = 'value'

/**
 * `{province}{city}{address}`: source paths in braces; a hole without a value is empty. `{value}` is the value
 * the field has so far (`拼多多-{value}`), and without it there is nothing to put in; a source field of that
 * name is `{["value"]}`.
 */
export const template = defineTransform({
  use: 'template',
  name: { zh: '拼接', en: 'Template' },
  suits: ['text', 'address'],
  options: {
    template: Type.String({ ...hint('模板', 'Template', { as: 'template' }), minLength: 1, maxLength: 500 }),
  },
  reads: 'source',
  compile: ({ template }) => {
    const parts = template.split(/\{([^{}]*)\}/)
    const texts = parts.filter((_, index) => index % 2 === 0)
    const paths = parts.filter((_, index) => index % 2 === 1)
    const readers = paths.map(path => (path === VALUE ? 'value' : compileSource(path)))
    const wrong = readers.indexOf(undefined)
    if (wrong >= 0)
      return { zh: `读不懂来源路径「${paths[wrong]}」`, en: `"${paths[wrong]}" is not a source path` }
    const fill = (value: unknown, scope: Scope) => filled(texts, readers, value, scope)
    if (!paths.includes(VALUE)) return fill
    return (value, scope) => {
      if (Array.isArray(value)) return value.map(each => fill(each, scope))
      return value === undefined ? undefined : fill(value, scope)
    }
  },
})

function filled(
  texts: readonly string[],
  readers: readonly (ScopeReader | 'value' | undefined)[],
  own: unknown,
  scope: Scope,
): string {
  let text = texts[0] ?? ''
  for (let i = 0; i < readers.length; i++) {
    const read = readers[i]
    const value = read === 'value' ? own : read?.(scope)
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') text += value
    text += texts[i + 1] ?? ''
  }
  return text
}
