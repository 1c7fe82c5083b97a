import { type Static, type TObject, type TSchema, Type } from 'typebox'
import type { Text } from '../../workflow/text.ts'
import type { Scope } from './scope.ts'
import type { TargetType } from './targets.ts'

/** Value in, value out; a `Fault` for what cannot be, undefined for "no value". */
export type Apply = (value: unknown, scope: Scope) => unknown

/** One way to change a value on its way into the unified order. */
export interface Transform<O = unknown> {
  readonly use: string
  readonly name: Text
  /** Types of unified field it is of use for; the editor offers it there. */
  readonly suits: readonly TargetType[]
  readonly options: TSchema
  /** `whole` reads a list as one value, `source` needs no value to begin with; else it is for each value. */
  readonly reads?: 'whole' | 'source'
  /** @returns what runs for every order, or the text of what is wrong with the options */
  readonly compile: (options: O) => Apply | Text
}

export const Scalar = Type.Union([Type.String({ maxLength: 2_000 }), Type.Number(), Type.Boolean()])

/** Declares a transform: `use` becomes the literal that chooses it, `options` its other properties. */
export function defineTransform<U extends string, S extends Record<string, TSchema>>(transform: {
  readonly use: U
  readonly name: Text
  readonly suits: readonly TargetType[]
  readonly options: S
  readonly reads?: 'whole' | 'source'
  readonly compile: (options: Static<TObject<S>>) => Apply | Text
}) {
  const { use, name, options } = transform
  const schema = Type.Object(
    { use: Type.Literal(use), ...options },
    { title: name.zh, ui: name, additionalProperties: false },
  )
  // Options are validated against the schema before they come here, which makes this widening true.
  return { ...transform, options: schema, compile: transform.compile as (options: unknown) => Apply | Text }
}
