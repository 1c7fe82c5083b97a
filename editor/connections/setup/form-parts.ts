import { isRecord, type SchemaPart, uiKind } from '../../../server/workflow/param-parts.ts'
import { propertiesOf } from '../../forms/schema.ts'

type FormField = ReturnType<typeof propertiesOf>[number]

/** The fields everybody is asked for, and those that suit nearly everybody as they are. */
export function formParts(schema: SchemaPart): {
  readonly usual: FormField[]
  readonly advanced: FormField[]
} {
  const fields = propertiesOf(schema).map(field => ({ ...field, schema: onOneLine(field.schema) }))
  return {
    usual: fields.filter(field => !isHinted(field.schema, 'advanced')),
    advanced: fields.filter(field => isHinted(field.schema, 'advanced')),
  }
}

export function isSecret(schema: SchemaPart): boolean {
  return isHinted(schema, 'secret')
}

function isHinted({ ui }: SchemaPart, hint: 'secret' | 'advanced'): boolean {
  return isRecord(ui) && ui[hint] === true
}

/** The longest text a form asks for on one line. */
const ONE_LINE = 300

/** Keys and addresses may be long, but are never prose: they have one line, unless their hint says otherwise. */
function onOneLine(schema: SchemaPart): SchemaPart {
  const isLong = typeof schema.maxLength === 'number' && schema.maxLength > ONE_LINE
  return isLong && uiKind(schema) === undefined ? { ...schema, maxLength: ONE_LINE } : schema
}
