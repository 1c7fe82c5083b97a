import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './StepForm.module.css'
import { typedValue } from './step-words.ts'

type Way = 'startsWith' | 'endsWith' | 'contains'
type Case = Readonly<Record<string, unknown>>

const WAYS: readonly Way[] = ['startsWith', 'endsWith', 'contains']

/** Cases by how a text begins, ends or what it contains; the first that fits counts. */
export function CasesForm(props: {
  label: string
  value: unknown
  onChange: (value: unknown) => void
}): ReactElement {
  const { t } = useWords()
  const cases = Array.isArray(props.value) ? (props.value as readonly Case[]) : []
  const set = (next: readonly Case[]) => props.onChange(next)
  const words = {
    startsWith: t('mapper.startsWith'),
    endsWith: t('mapper.endsWith'),
    contains: t('mapper.contains'),
  }
  return (
    <fieldset className={css.list}>
      <legend>{props.label}</legend>
      {cases.map((each, index) => {
        const ways = WAYS.filter(way => each[way] !== undefined)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: cases have nothing but their place
          <div key={index} className={css.case}>
            {(ways.length > 0 ? ways : [WAYS[0]!]).map(way => (
              <div key={way} className={css.pair}>
                <Select
                  size="small"
                  aria-label={props.label}
                  value={way}
                  options={WAYS.map(value => ({ value, label: words[value] }))}
                  onChange={(next: Way) => {
                    const { [way]: text = '', ...rest } = each
                    set(cases.with(index, { [next]: text, ...rest }))
                  }}
                />
                <Input
                  size="small"
                  aria-label={words[way]}
                  value={String(each[way] ?? '')}
                  onChange={({ target }) => set(cases.with(index, { ...each, [way]: target.value }))}
                />
              </div>
            ))}
            <div className={css.pair}>
              <span aria-hidden>→</span>
              <Input
                size="small"
                aria-label={t('mapper.tableValue')}
                placeholder={t('mapper.tableValue')}
                value={String(each.value ?? '')}
                onChange={({ target }) =>
                  set(cases.with(index, { ...each, value: typedValue(target.value, each.value) }))
                }
              />
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('mapper.removeRow')}
                onClick={() => set(cases.toSpliced(index, 1))}
              />
            </div>
          </div>
        )
      })}
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => set([...cases, { startsWith: '', value: '' }])}
      >
        {t('mapper.addRow')}
      </Button>
    </fieldset>
  )
}
