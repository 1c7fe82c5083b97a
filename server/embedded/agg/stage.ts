import type { Document } from 'bson'
import type { Variables } from './expression.ts'

/** What a stage may need besides its operand. */
export interface StageContext {
  /** Another collection. */
  lookup(collection: string): { find(filter: Document): Iterable<Uint8Array> }
  readonly variables: Variables
  /** Runs a pipeline inside this one. */
  run(
    pipeline: readonly Document[],
    documents: Iterable<Uint8Array>,
    variables: Variables,
  ): Iterable<Uint8Array>
}

/** A compiled stage. */
export type Stage = (documents: Iterable<Uint8Array>) => Iterable<Uint8Array>

/** Compiles the operand of a stage; throws MongoError for what MongoDB refuses. */
export type CompileStage = (operand: unknown, context: StageContext) => Stage
