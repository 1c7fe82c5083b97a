import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './StepForm.module.css'
import { typedValue } from './step-words.ts'

type Pair = readonly [key: string, value: unknown]

/** A code table: what the source writes, and what it becomes. */
export function TableForm(props: {
  label: string
  value: unknown
  onChange: (value: unknown) => void
}): ReactElement {
  const { t } = useWords()
  // Rows under way may share or lack a key, which the stored table cannot.
  const [pairs, setPairs] = useState<readonly Pair[]>(() => {
    const stored = Object.entries((props.value ?? {}) as Readonly<Record<string, unknown>>)
    return stored.length > 0 ? stored : [['', '']]
  })
  const set = (next: readonly Pair[]) => {
    setPairs(next)
    props.onChange(Object.fromEntries(next.filter(([key]) => key !== '')))
  }
  return (
    <fieldset className={css.list}>
      <legend>{props.label}</legend>
      {pairs.map(([key, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows under way have nothing but their place
        <div key={index} className={css.pair}>
          <Input
            size="small"
            aria-label={t('mapper.tableKey')}
            placeholder={t('mapper.tableKey')}
            value={key}
            onChange={({ target }) => set(pairs.with(index, [target.value, value]))}
          />
          <span aria-hidden>→</span>
          <Input
            size="small"
            aria-label={t('mapper.tableValue')}
            placeholder={t('mapper.tableValue')}
            value={String(value)}
            onChange={({ target }) => set(pairs.with(index, [key, typedValue(target.value, value)]))}
          />
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('mapper.removeRow')}
            onClick={() => set(pairs.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => set([...pairs, ['', '']])}
      >
        {t('mapper.addRow')}
      </Button>
    </fieldset>
  )
}
