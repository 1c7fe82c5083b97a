import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathReader } from '../../../server/workflow/logic/own.ts'
import { siteReader } from '../../../server/workflow/logic/read-sites.ts'
import { commonData, commonPath } from './common-rule.ts'

describe('siteReader', () => {
  it('reads what pathReader reads, of any path and any data', () => {
    fc.assert(
      fc.property(commonPath, commonData, fc.constantFrom(undefined, null, 'none'), (path, data, absent) => {
        const names = path.split('.')
        expect(siteReader(names, absent)(data)).toBe(pathReader(names, absent)(data))
      }),
      { numRuns: 5_000 },
    )
  })

  it('never reads what is inherited, and reads own properties of such names', () => {
    class Base {
      get secret() {
        return 1
      }
    }
    for (const holder of [new Base(), Object.create({ secret: 1 }), Object.create(new Base())]) {
      expect(siteReader(['secret'])(holder)).toBe(undefined)
      expect(siteReader(['deep', 'secret'])({ deep: holder })).toBe(undefined)
      expect(siteReader(['very', 'deep', 'secret'])({ very: { deep: holder } })).toBe(undefined)
    }
    const deep = { secret: 1 }
    expect(siteReader(['deep', 'secret'])(Object.create({ deep }))).toBe(undefined)
    expect(siteReader(['very', 'deep', 'secret'])(Object.create({ very: { deep } }))).toBe(undefined)
    expect(siteReader(['very', 'deep', 'secret'])({ very: Object.create({ deep }) })).toBe(undefined)
    expect(siteReader(['very', 'deep', 'secret'])({ very: { deep } })).toBe(1)
    expect(siteReader(['toString'])({})).toBe(undefined)
    expect(siteReader(['toString'])({ toString: 'own' })).toBe('own')
    expect(siteReader(['deep', '__proto__'])(JSON.parse('{"deep":{"__proto__":7}}'))).toBe(7)
  })

  it.each(['gift', 'order.gift', 'order.extra.gift'])(
    'keeps the readers of %s apart by what they give for nothing',
    path => {
      const names = path.split('.')
      const holding = (gift: unknown) => names.reduceRight((inner, name) => ({ [name]: inner }), gift)
      const readers = [siteReader(names, null), siteReader(names, 'none'), siteReader(names)]
      const read = (data: unknown) => readers.map(each => each(data))
      expect(read({})).toEqual([null, 'none', undefined])
      expect(read(holding(1))).toEqual([1, 1, 1])
      expect(read(holding(null))).toEqual([null, null, null])
    },
  )

  it('still reads every path when there are more paths than places', () => {
    for (const depth of [1, 2, 3, 4]) {
      for (let n = 0; n < 200; n++) {
        const path = Array.from({ length: depth }, (_, level) => `name-${level}-${n}`)
        const data = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), n)
        const read = siteReader(path, null)
        expect([read(data), read({}), read(null)]).toEqual([n, null, null])
      }
    }
  })
})
