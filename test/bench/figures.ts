import { median, type Window } from './load.ts'

/** One line of what a benchmark found, beside its baseline of the same run. */
export interface Figure {
  readonly what: string
  readonly value: string
  readonly baseline?: string
}

/** `12,345/s` */
export const rate = (value: number): string => `${Math.round(value).toLocaleString('en-US')}/s`

/** `61%` */
export const share = (value: number, of: number): string => `${Math.round((value / of) * 100)}%`

/** The median of one figure over several windows. */
export const medianOf = (windows: readonly Window[], figure: (window: Window) => number): number =>
  median(windows.map(figure))

/** `1.2 / 2.3 / 4.5 ms`: p50, p95 and p99, each the median over the windows. */
export function latencies(windows: readonly Window[]): string {
  const [p50, p95, p99] = [
    medianOf(windows, each => each.p50Ms),
    medianOf(windows, each => each.p95Ms),
    medianOf(windows, each => each.p99Ms),
  ]
  return `${p50.toFixed(1)} / ${p95.toFixed(1)} / ${p99.toFixed(1)} ms`
}

export function printFigures(figures: readonly Figure[]): void {
  for (const { what, value, baseline } of figures)
    console.log(`${what}\n    ${value}${baseline ? `   ${baseline}` : ''}`)
}
