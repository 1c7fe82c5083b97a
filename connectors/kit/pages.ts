/** Pages of a list whose rows move towards the front while it is read. */
export interface MovingPages<T> {
  /** Rows in all, as the platform counts them now. */
  total(): Promise<number>
  readonly pageSize: number
  /** @param page from 1 */
  page(page: number): Promise<readonly T[]>
  /** Hands rows over; durable when it resolves. */
  take(rows: readonly T[]): Promise<void>
}

/**
 * Reads from the last page to the first: a row that changes meanwhile leaves the list, those behind it move one
 * place towards the front, and so onto pages that are still to be read. Read front to back, they would be missed.
 */
export async function readBackToFront<T>({ total, pageSize, page, take }: MovingPages<T>): Promise<void> {
  for (let number = Math.ceil((await total()) / pageSize); number >= 1; number--) {
    const rows = await page(number)
    if (rows.length > 0) await take(rows)
  }
}
