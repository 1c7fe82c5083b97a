/** Keys of what happened that is no order: `signal:<SKU>#<which>`. */
const SIGNAL = 'signal:'

/** Whether a run, or a task, is about a SKU that sold too fast instead of an order. */
export const isAboutSku = (orderKey: string): boolean => orderKey.startsWith(SIGNAL) && orderKey.includes('#')

/** The page that shows what a run, a decision or a task is about. */
export function subjectPath(orderKey: string, name: string): string {
  return isAboutSku(orderKey)
    ? `/stock?sku=${encodeURIComponent(name)}`
    : `/orders?open=${encodeURIComponent(orderKey)}`
}
