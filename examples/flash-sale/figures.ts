/** `12,345` */
export const figure = (value: number): string => Math.round(value).toLocaleString('en-US')

/** The value that so large a share of the sorted list does not exceed; 0 of an empty one. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
