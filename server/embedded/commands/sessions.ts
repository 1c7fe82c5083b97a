import { mongoError } from '../errors.ts'
import type { Command } from './command.ts'

/** Sessions carry no state here: their ids are accepted and forgotten. */
/** Known, so that a client hears why there are none: the common check refuses what belongs to a transaction. */
const transactions: Command = {
  names: ['commitTransaction', 'abortTransaction'],
  ignores: ['recoveryToken'],
  run({ name }) {
    throw mongoError('CommandFailed', `${name} must be run within a transaction`)
  },
}

export const sessions: readonly Command[] = [
  transactions,
  { names: ['endSessions', 'killSessions', 'refreshSessions'], run: () => ({}) },
]
