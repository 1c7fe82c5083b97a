import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { isRecord, type SchemaPart } from '../../server/workflow/param-parts.ts'
import { useWords } from '../i18n/use-words.ts'
import { Field } from './Field.tsx'
import { type FieldProps, useFieldId } from './field-props.ts'
import css from './forms.module.css'
import { problemsAt, problemsIn } from './param-problems.ts'
import { ProblemLines } from './Row.tsx'

type NamedValue = readonly [name: string, value: unknown]

/** Values under names a person gives. Two of one name cannot be kept, so the second waits, marked, for another. */
export function RecordField({ label, ...props }: FieldProps & { label: string }): ReactElement {
  const { t } = useWords()
  const { path, schema, value, beside, problems, onChange } = props
  const id = useFieldId(path)
  const stored = isRecord(value) ? Object.entries(value) : []
  const [kept, setKept] = useState<{ rows: readonly NamedValue[]; of: unknown }>({ rows: stored, of: value })
  if (kept.of !== value) setKept({ rows: stored, of: value })
  const { rows } = kept
  const inside = valueSchema(schema)
  const isTwice = (name: string, at: number) => rows.findIndex(([other]) => other === name) < at
  const set = (next: readonly NamedValue[], merge?: string) => {
    const isKeepable = next.every(
      ([name], at) => name !== '' && next.findIndex(([other]) => other === name) === at,
    )
    const made = isKeepable ? Object.fromEntries(next) : value
    setKept({ rows: next, of: made })
    if (isKeepable) onChange(made, merge)
  }
  return (
    <fieldset className={css.list}>
      <legend className={css.legend}>{label}</legend>
      {rows.map(([name, held], at) => {
        const title = t('forms.entry', { list: label, n: at + 1 })
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place, and do not move
          <fieldset key={at} aria-label={title} className={css.entry}>
            <div className={css.entryHead}>
              <Input
                aria-label={t('forms.nameOf', { entry: title })}
                placeholder={t('forms.name')}
                autoComplete="off"
                status={isTwice(name, at) ? 'error' : ''}
                aria-invalid={isTwice(name, at)}
                value={name}
                onChange={event => set(rows.with(at, [event.target.value, held]), `${path}/${at}/name`)}
              />
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('forms.remove', { entry: title })}
                onClick={() => set(rows.toSpliced(at, 1))}
              />
            </div>
            {isTwice(name, at) && <p className={css.fault}>{t('forms.nameTwice', { name })}</p>}
            <Field
              name={name}
              path={`${path}/${name}`}
              schema={inside}
              value={held}
              isRequired
              beside={beside}
              problems={problemsIn(problems, `${path}/${name}`)}
              onChange={(next, merge) => set(rows.with(at, [name, next]), merge)}
            />
          </fieldset>
        )
      })}
      <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => set([...rows, ['', '']])}>
        {t('forms.add', { list: label })}
      </Button>
      <ProblemLines id={`${id}-problems`} problems={problemsAt(problems, path)} />
    </fieldset>
  )
}

function valueSchema({ patternProperties }: SchemaPart): SchemaPart {
  const [first] = isRecord(patternProperties) ? Object.values(patternProperties) : []
  return isRecord(first) ? first : {}
}
