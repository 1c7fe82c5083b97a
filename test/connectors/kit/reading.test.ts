import { describe, expect, it } from 'vitest'
import type { Span } from '../../../connectors/connector.ts'
import { ConnectorError } from '../../../connectors/kit/fault.ts'
import { readBackToFront } from '../../../connectors/kit/pages.ts'
import { fromShanghai, shanghaiText } from '../../../connectors/kit/shanghai-time.ts'
import { sideBySide } from '../../../connectors/kit/side-by-side.ts'
import { type Token, type Tokens, withToken } from '../../../connectors/kit/token.ts'
import { readWindows } from '../../../connectors/kit/windows.ts'

const HOUR_MS = 3_600_000
const at = (text: string) => new Date(`2026-11-22T${text}:00+08:00`)

function stream(known?: Date) {
  const kept = new Map<string, Date>(known ? [['orders', known]] : [])
  const cursors = {
    get: async (name: string) => kept.get(name),
    set: async (name: string, to: Date) => void kept.set(name, to),
  }
  return { kept, context: { cursors, now: () => at('12:00'), signal: new AbortController().signal } }
}

describe('reading a stream by windows', () => {
  const options = { stream: 'orders', longestMs: HOUR_MS, firstMs: 2 * HOUR_MS, overlapMs: 60_000 }

  it('reads the first time as far back as it is told', async () => {
    const { kept, context } = stream()
    const spans: Span[] = []
    await readWindows(context, options, async span => void spans.push(span))
    expect(spans).toEqual([
      { from: at('10:00'), to: at('11:00') },
      { from: at('11:00'), to: at('12:00') },
    ])
    expect(kept.get('orders')).toEqual(at('12:00'))
  })

  it('fills a gap of any length, window by window, with an overlap', async () => {
    const { context } = stream(at('04:30'))
    const spans: Span[] = []
    await readWindows(context, options, async span => void spans.push(span))
    expect(spans).toHaveLength(8)
    expect(spans[0]?.from).toEqual(at('04:29'))
    for (const [index, span] of spans.entries())
      if (index > 0) expect(span.from).toEqual(spans[index - 1]!.to)
    expect(spans.at(-1)?.to).toEqual(at('12:00'))
  })

  it('goes on where it failed, and not behind it', async () => {
    const { kept, context } = stream(at('08:00'))
    let windows = 0
    const failing = readWindows(context, options, async () => {
      if (++windows === 3) throw new Error('down')
    })
    await expect(failing).rejects.toThrow('down')
    expect(kept.get('orders')).toEqual(at('09:59'))
  })

  it('trails now where rows appear late', async () => {
    const { kept, context } = stream(at('11:30'))
    await readWindows(context, { ...options, lagMs: 180_000 }, async () => {})
    expect(kept.get('orders')).toEqual(at('11:57'))
  })
})

it('reading back to front misses no row that moves while it is read', async () => {
  let rows = Array.from({ length: 100 }, (_, index) => index)
  const taken = new Set<number>()
  await readBackToFront<number>({
    pageSize: 10,
    total: async () => rows.length,
    page: async page => rows.slice((page - 1) * 10, page * 10),
    async take(found) {
      for (const row of found) taken.add(row)
      // What changes leaves the window; those behind it move towards the front.
      rows = rows.slice(3)
    },
  })
  // Those that left are in the next window; all that stayed were read.
  for (const row of rows) expect(taken).toContain(row)
})

describe('working side by side', () => {
  it('keeps the order, and never more than it may at once', async () => {
    let running = 0
    let most = 0
    const made = await sideBySide([30, 5, 20, 1, 10], 2, async ms => {
      most = Math.max(most, ++running)
      await new Promise(resolve => setTimeout(resolve, ms))
      running--
      return ms * 2
    })
    expect(made).toEqual([60, 10, 40, 2, 20])
    expect(most).toBe(2)
  })

  it('begins nothing new after a failure', async () => {
    const begun: number[] = []
    const working = sideBySide([1, 2, 3, 4, 5, 6], 2, async entry => {
      begun.push(entry)
      if (entry === 2) throw new Error('two')
      await new Promise(resolve => setTimeout(resolve, 5))
    })
    await expect(working).rejects.toThrow('two')
    expect(begun.length).toBeLessThan(6)
  })
})

describe('Shanghai time', () => {
  it('is the same whatever the zone of the machine', () => {
    expect(shanghaiText(new Date('2026-10-01T02:03:40Z'))).toBe('2026-10-01 10:03:40')
    expect(fromShanghai('2026-10-01 10:03:40')).toEqual(new Date('2026-10-01T02:03:40Z'))
    expect(fromShanghai('2026-13-01 10:03:40')).toBeUndefined()
    expect(fromShanghai('')).toBeUndefined()
  })
})

describe('an access token', () => {
  const now = () => at('12:00')
  const token = (name: string, minutes: number): Token => ({
    accessToken: name,
    refreshToken: `${name}-refresh`,
    expiresAt: new Date(now().getTime() + minutes * 60_000),
  })
  function kept(first?: Token): { tokens: Tokens; current: () => Token | undefined } {
    let current = first
    return {
      current: () => current,
      tokens: {
        read: async () => current,
        async renew(_known, make) {
          current = await make()
          return current
        },
      },
    }
  }
  const refused = new ConnectorError({ class: 'token' })

  it('is renewed before it ends', async () => {
    const { tokens } = kept(token('old', 5))
    const used = await withToken(
      { tokens, now },
      { refresh: async () => token('new', 600) },
      async ({ accessToken }) => accessToken,
    )
    expect(used).toBe('new')
  })

  it('that the platform refuses all the same is renewed once, and the call made again', async () => {
    const { tokens } = kept(token('old', 600))
    const tried: string[] = []
    await withToken({ tokens, now }, { refresh: async () => token('new', 600) }, async ({ accessToken }) => {
      tried.push(accessToken)
      if (accessToken === 'old') throw refused
    })
    expect(tried).toEqual(['old', 'new'])
  })

  it('is refused for good after that: no endless renewing', async () => {
    const { tokens } = kept(token('old', 600))
    let calls = 0
    const calling = withToken({ tokens, now }, { refresh: async () => token('new', 600) }, async () => {
      calls++
      throw refused
    })
    await expect(calling).rejects.toThrow(ConnectorError)
    expect(calls).toBe(2)
  })

  it('whose refresh is refused asks for a person', async () => {
    const { tokens } = kept(token('old', -1))
    const calling = withToken(
      { tokens, now },
      {
        refresh: async () => {
          throw refused
        },
      },
      async () => {},
    )
    await expect(calling).rejects.toMatchObject({ fault: { class: 'authorization' } })
  })

  it('near its end goes on being used while the platform cannot renew it', async () => {
    const { tokens } = kept(token('old', 5))
    const used = await withToken(
      { tokens, now },
      {
        refresh: async () => {
          throw new ConnectorError({ class: 'platform' })
        },
      },
      async ({ accessToken }) => accessToken,
    )
    expect(used).toBe('old')
  })
})
