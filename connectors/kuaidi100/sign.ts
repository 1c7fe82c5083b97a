import { createHash } from 'node:crypto'

const md5Upper = (text: string) => createHash('md5').update(text).digest('hex').toUpperCase()

/** `sign` of a query, over the very text of `param` that is sent. */
export const querySign = (param: string, key: string, customer: string): string =>
  md5Upper(`${param}${key}${customer}`)

/** `sign` of a push. Whether it comes in upper or lower case is not documented: compare without case. */
export const pushSign = (param: string, salt: string): string => md5Upper(`${param}${salt}`)
