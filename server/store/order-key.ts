/** `<connection>:<platform order id>` → the platform's order id. */
export const orderIdOf = (orderKey: string): string => orderKey.slice(orderKey.indexOf(':') + 1)
