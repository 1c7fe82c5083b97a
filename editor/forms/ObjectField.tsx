import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { isRecord } from '../../server/workflow/param-parts.ts'
import { useWords } from '../i18n/use-words.ts'
import { isAsked, withOuter } from './asked.ts'
import { withParam } from './entries.ts'
import { Field } from './Field.tsx'
import type { FieldProps } from './field-props.ts'
import css from './forms.module.css'
import { problemsIn, problemsOfWhole } from './param-problems.ts'
import { ProblemLines } from './Row.tsx'
import { hintsOf, propertiesOf } from './schema.ts'

/** A group of params under a name of its own. */
export function ObjectField({ label, ...props }: FieldProps & { label: string }): ReactElement {
  return (
    <fieldset className={css.object}>
      <legend className={css.legend}>{label}</legend>
      <Params {...props} />
    </fieldset>
  )
}

/** The params of an object, one under the other. Those that do not count at present are left out, unless they hold something. */
export function Params(props: Omit<FieldProps, 'name' | 'isRequired'>): ReactElement {
  const { t, say } = useWords()
  const { path, schema, beside, problems, onChange } = props
  const values = isRecord(props.value) ? props.value : {}
  const level = withOuter(beside, schema, values)
  const parts = propertiesOf(schema)
  const inside = (name: string) => (path === '' ? name : `${path}/${name}`)
  return (
    <>
      <ProblemLines
        problems={problemsOfWhole(
          problems,
          path,
          parts.map(({ name }) => name),
        )}
      />
      {parts.map(({ name, schema: part, isRequired }) => {
        const value = values[name]
        const asked = isAsked(part, level.schema, level.values)
        if (!asked && value === undefined) return null
        const set = (next: unknown, merge?: string) => onChange(withParam(values, name, next), merge)
        const field = (
          <Field
            key={name}
            name={name}
            path={inside(name)}
            schema={part}
            value={value}
            isRequired={isRequired}
            beside={level}
            problems={problemsIn(problems, inside(name))}
            onChange={set}
          />
        )
        if (asked || isRequired) return field
        return (
          <div key={name} className={css.unasked}>
            {field}
            <p className={css.note}>
              {t('forms.notUsed')}
              <Button
                type="link"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                onClick={() => set(undefined)}
              >
                {t('forms.clear', { field: say(hintsOf(part).name) || name })}
              </Button>
            </p>
          </div>
        )
      })}
    </>
  )
}
