import { describe, expect, it } from 'vitest'
import { readWait } from '../../server/control/wait-text.ts'

describe('how long a caller waits', () => {
  it('is said in milliseconds or seconds, up to ten of these', () => {
    expect(['1ms', '200ms', '2s', '1.5s', '10s', '10000ms'].map(readWait)).toEqual([
      1, 200, 2_000, 1_500, 10_000, 10_000,
    ])
    expect(readWait(undefined)).toBeUndefined()
  })

  it('is refused by its name where it is anything else', () => {
    for (const text of ['', '2', '0s', '-1s', '11s', '10001ms', '2m', '1e1s', 's', ' 2s', '2 s', '0.0001s'])
      expect(() => readWait(text)).toThrow(expect.objectContaining({ code: 'WAIT_INVALID', statusCode: 400 }))
    expect(() => readWait('2m')).toThrow(/wait/)
  })
})
