import { Type } from 'typebox'
import { hint } from '../../hints.ts'
import { compileSource } from '../scope.ts'
import { defineTransform } from '../transform.ts'

/** `{province}{city}{address}`: source paths in braces; a hole without a value is empty. */
export const template = defineTransform({
  use: 'template',
  name: { zh: '拼接', en: 'Template' },
  options: {
    template: Type.String({ ...hint('模板', 'Template', { as: 'template' }), minLength: 1, maxLength: 500 }),
  },
  reads: 'source',
  compile: ({ template }) => {
    const parts = template.split(/\{([^{}]*)\}/)
    const texts = parts.filter((_, index) => index % 2 === 0)
    const readers = parts.filter((_, index) => index % 2 === 1).map(compileSource)
    const wrong = readers.indexOf(undefined)
    if (wrong >= 0) {
      const path = parts[wrong * 2 + 1]
      return { zh: `读不懂来源路径「${path}」`, en: `"${path}" is not a source path` }
    }
    return (_, scope) => {
      let text = texts[0] ?? ''
      for (let i = 0; i < readers.length; i++) {
        const value = readers[i]?.(scope)
        if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
          text += value
        text += texts[i + 1] ?? ''
      }
      return text
    }
  },
})
