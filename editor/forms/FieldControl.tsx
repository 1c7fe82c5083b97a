import { type ReactElement, useMemo } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import { useWords } from '../i18n/use-words.ts'
import { distinctName, searchText, typedField } from '../rules/catalog.ts'
import { typeHint } from '../rules/field-sections.ts'
import { Picker } from '../rules/Picker.tsx'
import type { ControlProps } from './field-props.ts'
import { fieldsAmong } from './fields-among.ts'
import { usePlace } from './place.ts'
import { hintsOf } from './schema.ts'

/** A field, by its name. */
export function FieldControl({ label, schema, value, onChange }: ControlProps): ReactElement {
  const { t, say } = useWords()
  const { scope } = usePlace()
  const { among } = hintsOf(schema)
  const fields = useMemo(() => fieldsAmong(scope, among), [scope, among])
  const nameOf = (field: FieldSpec) => distinctName(field, fields, { t, say })
  const held = typeof value === 'string' && value !== '' ? value : undefined
  const known = fields.find(({ path }) => path === held)
  return (
    <Picker
      label={label}
      placeholder={t('forms.chooseField')}
      chosen={known ? nameOf(known) : held}
      chosenKey={held}
      search={t('forms.searchFields')}
      none={t('forms.noneYet')}
      sections={[
        {
          picks: fields.map(field => ({
            key: field.path,
            name: nameOf(field),
            hint: typeHint(typedField(field), { t, say }),
            found: searchText(nameOf(field), field),
          })),
        },
      ]}
      onPick={key => onChange(key)}
    />
  )
}
