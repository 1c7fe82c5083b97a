import { Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useMapping } from './mapper-state.ts'
import { ITEMS, ruleOf } from './rules.ts'
import css from './StepForm.module.css'
import { isBranch, pathFor } from './source-tree.ts'

/** A text with holes for source fields, which are chosen rather than typed. */
export function TemplateForm(props: {
  label: string
  value: unknown
  inItems: boolean
  onChange: (value: unknown) => void
}): ReactElement {
  const { t } = useWords()
  const { nodes, rules } = useMapping()
  const text = typeof props.value === 'string' ? props.value : ''
  const each = props.inItems ? ruleOf(rules, ITEMS)?.each : undefined
  const holes = nodes
    .filter(node => !isBranch(node))
    .map(({ id }) => pathFor(id, each))
    // A hole called `value` is the value so far.
    .map(path => ({ value: path === 'value' ? '["value"]' : path, label: path }))
  return (
    <div className={css.template}>
      <div className={css.option}>
        <span>{props.label}</span>
        <Input.TextArea
          aria-label={props.label}
          autoSize={{ minRows: 2, maxRows: 4 }}
          value={text}
          onChange={({ target }) => props.onChange(target.value)}
        />
      </div>
      <Select
        size="small"
        showSearch
        aria-label={t('mapper.insertField')}
        placeholder={t('mapper.insertField')}
        value={null}
        options={[{ value: 'value', label: t('mapper.ownValue') }, ...holes]}
        onSelect={(path: string | null) => path !== null && props.onChange(`${text}{${path}}`)}
      />
    </div>
  )
}
