import { describe, expect, it } from 'vitest'
import { distanceKm } from '../../server/world/geo.ts'

const hangzhou = { lng: 120.1536, lat: 30.2875 }

describe('the distance between two places', () => {
  it.each([
    ['Shanghai', { lng: 121.4737, lat: 31.2304 }, 164],
    ['Beijing', { lng: 116.4074, lat: 39.9042 }, 1_122],
    ['Sydney', { lng: 151.2093, lat: -33.8688 }, 7_841],
  ])('from Hangzhou to %s is right to 1 %%', (_, place, km) => {
    expect(distanceKm(hangzhou, place)).toBeGreaterThan(km * 0.99)
    expect(distanceKm(hangzhou, place)).toBeLessThan(km * 1.01)
  })

  it('is 0 to itself and the same both ways', () => {
    const wuhan = { lng: 114.3, lat: 30.59 }
    expect(distanceKm(hangzhou, hangzhou)).toBe(0)
    expect(distanceKm(hangzhou, wuhan)).toBeCloseTo(distanceKm(wuhan, hangzhou), 9)
  })

  it('crosses the date line the short way', () => {
    expect(distanceKm({ lng: 179.5, lat: 0 }, { lng: -179.5, lat: 0 })).toBeCloseTo(111.2, 1)
  })

  it('is half the earth to the other side', () => {
    expect(distanceKm({ lng: 0, lat: 0 }, { lng: 180, lat: 0 })).toBeCloseTo(20_015, 0)
  })
})
