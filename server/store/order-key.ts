const SIGNAL = 'signal:'

/** Stands where an order key does for what is about a SKU and no order. */
export const skuKey = (sku: string): string => `${SIGNAL}${sku}#sku`

/**
 * What a key is about: the platform's order id of `<connection>:<platform order id>`, the subject (a SKU) of a
 * signal's `signal:<subject>#<which>`.
 */
export const orderIdOf = (orderKey: string): string =>
  orderKey.startsWith(SIGNAL) && orderKey.includes('#')
    ? orderKey.slice(SIGNAL.length, orderKey.lastIndexOf('#'))
    : orderKey.slice(orderKey.indexOf(':') + 1)
