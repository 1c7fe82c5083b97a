import { randomBytes } from 'node:crypto'

/** A fresh id people can read out: `wf_3f9a0c12d4`. */
export const newId = (prefix: string): string => `${prefix}_${randomBytes(5).toString('hex')}`
