import { type ReactElement, useId, useState } from 'react'
import { paramName, type SchemaPart } from '../../../server/workflow/param-parts.ts'
import type { Problem } from '../../../server/workflow/problem.ts'
import { isAsked } from '../../forms/asked.ts'
import { withParam } from '../../forms/entries.ts'
import { Field } from '../../forms/Field.tsx'
import { FormId } from '../../forms/field-props.ts'
import forms from '../../forms/forms.module.css'
import { problemsIn, problemsOfWhole } from '../../forms/param-problems.ts'
import { ProblemLines } from '../../forms/Row.tsx'
import type { propertiesOf } from '../../forms/schema.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formParts, isSecret } from './form-parts.ts'
import type { Values } from './form-problems.ts'
import { SecretField } from './SecretField.tsx'
import css from './Setup.module.css'

/** The credentials or the settings of a connection, asked for as its connector's schema says. */
export function SchemaForm(props: {
  schema: SchemaPart
  values: Values
  /** What is kept of fields that are not shown again, masked. */
  kept?: Readonly<Record<string, string>> | undefined
  problems: readonly Problem[]
  onChange: (values: Values) => void
}): ReactElement {
  const { t, say } = useWords()
  const formId = useId()
  const { schema, values, kept = {}, problems, onChange } = props
  const { usual, advanced } = formParts(schema)
  const names = [...usual, ...advanced].map(({ name }) => name)
  const [isUnfolded, setUnfolded] = useState(advanced.some(({ name }) => values[name] !== undefined))
  const fieldOf = ({ name, schema: part, isRequired }: ReturnType<typeof propertiesOf>[number]) => {
    if (!isAsked(part, schema, values) && values[name] === undefined) return null
    const shared = {
      name,
      value: values[name],
      problems: problemsIn(problems, name),
      onChange: (next: unknown) => onChange(withParam(values, name, next)),
    }
    const known = kept[name]
    if (isSecret(part))
      return (
        <SecretField
          key={name}
          {...shared}
          label={say(paramName(part)) || name}
          isRequired={isRequired}
          kept={known}
        />
      )
    return (
      <Field
        key={name}
        {...shared}
        path={name}
        // What is kept is what leaving the field empty means.
        schema={known === undefined ? part : { ...part, default: known }}
        isRequired={isRequired}
        beside={{ schema, values }}
      />
    )
  }
  const isWrong = advanced.some(({ name }) => problemsIn(problems, name).length > 0)
  return (
    <FormId value={formId}>
      <div className={forms.form}>
        <ProblemLines problems={problemsOfWhole(problems, '', names)} />
        {usual.map(fieldOf)}
        {advanced.length > 0 && (
          <details
            className={css.advanced}
            open={isUnfolded || isWrong}
            onToggle={event => setUnfolded(event.currentTarget.open)}
          >
            <summary>{t('connections.advanced')}</summary>
            <div className={forms.form}>{advanced.map(fieldOf)}</div>
          </details>
        )}
      </div>
    </FormId>
  )
}
