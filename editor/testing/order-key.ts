/** The connection an order came by: the part of its key before the colon. */
export function connectionOf(orderKey: string): string {
  return orderKey.slice(0, Math.max(0, orderKey.indexOf(':')))
}
