import type { Command } from './command.ts'

/** Sessions carry no state here: their ids are accepted and forgotten. */
export const sessions: readonly Command[] = [
  { names: ['endSessions', 'killSessions', 'refreshSessions'], run: () => ({}) },
]
