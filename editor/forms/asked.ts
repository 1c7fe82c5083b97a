import { isRecord, type SchemaPart } from '../../server/workflow/param-parts.ts'
import { hintsOf, propertiesOf } from './schema.ts'

/** Whether a param counts: it is asked for only while another one beside it has a certain value, or its default has. */
export function isAsked(schema: SchemaPart, around: SchemaPart, values: SchemaPart): boolean {
  const { when } = hintsOf(schema)
  if (!when) return true
  const other = propertiesOf(around).find(({ name }) => name === when.param)
  return when.is.includes(values[when.param] ?? other?.schema.default)
}

/**
 * What params of an entry of a list depend on may stand beside the list: `by` of a switch decides what is asked of
 * its cases. Values of the entry itself come first.
 */
export function withOuter(outer: Level, schema: SchemaPart, values: SchemaPart): Level {
  return {
    schema: { ...schema, properties: { ...propertiesIn(outer.schema), ...propertiesIn(schema) } },
    values: { ...outer.values, ...values },
  }
}

export interface Level {
  readonly schema: SchemaPart
  readonly values: SchemaPart
}

function propertiesIn({ properties }: SchemaPart): SchemaPart {
  return isRecord(properties) ? properties : {}
}
