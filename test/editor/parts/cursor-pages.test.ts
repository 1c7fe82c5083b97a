import { describe, expect, it } from 'vitest'
import { backward, firstPage, forward } from '../../../editor/parts/cursor-pages.ts'

describe('pages by cursor', () => {
  it('go forward to the next cursor and back to the one before', () => {
    const third = forward(forward(firstPage, 'b'), 'c')
    expect(third.at(-1)).toBe('c')
    expect(backward(third).at(-1)).toBe('b')
    expect(backward(backward(third))).toEqual(firstPage)
  })

  it('end at the first one', () => {
    expect(backward(firstPage)).toEqual(firstPage)
  })
})
