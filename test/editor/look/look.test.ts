import { describe, expect, it } from 'vitest'
import { readPreferences } from '../../../editor/look/preferences.ts'
import { type Tokens, tokens } from '../../../editor/look/tokens.ts'

/** Contrast of two colours by WCAG 2, 1 to 21. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const READABLE = 4.5
const SEEN = 3

const words: readonly (readonly [word: keyof Tokens, ground: keyof Tokens])[] = [
  ...(['text', 'textSoft', 'textFaint', 'accentText', 'ok', 'warn', 'bad'] as const).flatMap(word =>
    (['page', 'surface', 'hover'] as const).map(ground => [word, ground] as const),
  ),
  ['accentText', 'accentSoft'],
  ['ok', 'okSoft'],
  ['warn', 'warnSoft'],
  ['bad', 'badSoft'],
  ['text', 'accentSoft'],
]

describe('the colours', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`keep every word readable in the ${theme} theme`, () => {
      const faint = words.filter(
        ([word, ground]) => contrast(tokens[theme][word], tokens[theme][ground]) < READABLE,
      )
      expect(faint).toEqual([])
      expect(contrast('#ffffff', tokens[theme].accent)).toBeGreaterThan(READABLE)
    })

    it(`keep the edges of node cards visible in the ${theme} theme`, () => {
      const kinds = Object.entries(tokens[theme]).filter(([name]) => name.startsWith('kind'))
      expect(kinds).toHaveLength(8)
      for (const [, colour] of kinds) expect(contrast(colour, tokens[theme].surface)).toBeGreaterThan(SEEN)
    })
  }
})

describe('what the browser remembers', () => {
  it('starts in Chinese, with the theme of the system', () => {
    expect(readPreferences(null)).toEqual({
      language: 'zh',
      theme: 'system',
      density: 'middle',
      signature: '',
    })
  })

  it('keeps what is good of something broken', () => {
    const stored = '{"language":"en","theme":"pink","density":3,"signature":"林小满","more":1}'
    expect(readPreferences(stored)).toEqual({
      language: 'en',
      theme: 'system',
      density: 'middle',
      signature: '林小满',
    })
    expect(readPreferences('{{{').language).toBe('zh')
    expect(readPreferences('null').language).toBe('zh')
    expect(readPreferences('[]').theme).toBe('system')
  })
})
