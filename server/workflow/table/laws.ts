const v = (path: string) => ({ var: path })

/** Both or neither. */
const together = (a: unknown, b: unknown) => ({ or: [{ and: [a, b] }, { and: [{ '!': a }, { '!': b }] }] })

const coversWhenEnough = (where: string) =>
  together(v(`stock.${where}.covers`), { '>=': [v(`stock.${where}.available`), v(`stock.${where}.need`)] })

const given = (path: string) => ({ '!=': [v(path), null] })

/**
 * What holds for the facts of every order, whatever the rules: without it examples would name orders there cannot
 * be. A law counts where all the fields it speaks of are read.
 */
export const laws: readonly unknown[] = [
  coversWhenEnough('own'),
  coversWhenEnough('near'),
  coversWhenEnough('network'),
  // Without a warehouse that has everything there is none to be near.
  together(v('stock.near.covers'), given('stock.near.distanceKm')),
  together(v('stock.near.covers'), given('stock.near.warehouse')),
  together(given('stock.near.distanceKm'), given('stock.near.warehouse')),
  { or: [v('stock.near.covers'), { '==': [v('stock.near.available'), 0] }] },
  { or: [{ '!': v('stock.own.covers') }, v('stock.network.covers')] },
  { or: [{ '!': v('stock.near.covers') }, v('stock.network.covers')] },
]
