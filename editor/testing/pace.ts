import type { TestResult } from '../api/test-contract.ts'

const KEY = 'orderloom.test.pace'
/** Few orders say nothing about many: their time goes into starting up. */
const LEAST_ORDERS = 10

/** Remembers how long an order takes, so that the next test of many can say how long it will be. */
export function keepPace({ total, tookMs }: TestResult): void {
  if (total >= LEAST_ORDERS) sessionStorage.setItem(KEY, String(tookMs / total))
}

/** How long a test of so many orders will take, ms; undefined where nothing is known yet. */
export function expectedMs(orders: number): number | undefined {
  const perOrder = Number(sessionStorage.getItem(KEY))
  return perOrder > 0 && orders >= LEAST_ORDERS ? perOrder * orders : undefined
}
