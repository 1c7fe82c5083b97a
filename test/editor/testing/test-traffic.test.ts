import { describe, expect, it } from 'vitest'
import { shareOfTraffic, throughPort } from '../../../editor/canvas/live-counts.ts'
import { trafficOfTest } from '../../../editor/testing/test-traffic.ts'
import { aResult } from './runs.ts'

describe('a test of many orders on the canvas', () => {
  it('draws its lines by what went along them, in the colour of the simulated world', () => {
    const { counts, simulated } = trafficOfTest(
      aResult([], {
        nodes: { in: { in: 100, ports: { received: 100 } }, dedup: { in: 100, ports: { duplicate: 5 } } },
      }),
    )
    expect(simulated).toBe(true)
    expect(throughPort(counts.get(), 'dedup', 'duplicate')).toBe(5)
    expect(shareOfTraffic(counts.get(), 'in', 'received')).toBe(1)
  })
})
