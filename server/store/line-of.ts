import type { Connection } from 'mongoose'
import type { Line } from '../embedded/line.ts'

const lines = new WeakMap<Connection, Line>()

/** The connection leads to this process's own embedded store, which can be reached directly as well. */
export function noteLine(connection: Connection, line: Line): void {
  lines.set(connection, line)
}

/** The direct way to the store behind a model; undefined for MongoDB, and for the store of another process. */
export const lineOf = ({ db }: { readonly db: Connection }): Line | undefined => lines.get(db)
