import { SwapOutlined } from '@ant-design/icons'
import { Button, Popover, Select } from 'antd'
import { type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { Row } from './language.ts'
import { fitsInto, useMapping } from './mapper-state.ts'
import { ITEMS, isMapped, ruleOf, withItemList } from './rules.ts'
import { sourceText } from './samples.ts'
import css from './TargetRow.module.css'

const FLAT = '$'

/** For those who do not drag: the source of a field out of a list that can be searched. */
export function SourcePicker({ row }: { row: Row }): ReactElement | null {
  const { t, say } = useWords()
  const { nodes, rules, put, change } = useMapping()
  const [open, setOpen] = useState(false)
  const name = say(row.target.name)
  if (nodes.length === 0) return null
  const isItems = row.key === ITEMS
  const fitting = nodes.filter(node => (isItems ? node.kind === 'list' : fitsInto(node, row)))
  const options = fitting.map(node => ({
    value: node.id,
    label: `${node.id} ${sourceText(node.values.find(value => value !== undefined && value !== ''))}`,
    path: node.id,
    text: isItems
      ? ''
      : sourceText(node.values.find(value => value !== undefined && value !== '' && value !== null)),
  }))
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      destroyOnHidden
      content={
        <Select
          autoFocus
          defaultOpen
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('mapper.chooseSource', { name })}
          placeholder={t('mapper.find')}
          className={css.picker ?? ''}
          options={
            isItems
              ? [...options, { value: FLAT, label: t('mapper.flat'), path: t('mapper.flat'), text: '' }]
              : options
          }
          optionRender={({ data }) => (
            <span className={css.option}>
              <span>{data.path}</span>
              <span className={css.optionText}>{data.text}</span>
            </span>
          )}
          onSelect={(id: string) => {
            const node = nodes.find(each => each.id === id)
            if (node) put(node, row)
            else change(withItemList(rules, id))
            setOpen(false)
          }}
        />
      }
    >
      {isMapped(ruleOf(rules, row.key)) ? (
        <Button
          size="small"
          type="text"
          icon={<SwapOutlined aria-hidden />}
          className={css.quiet ?? ''}
          aria-label={t('mapper.chooseSource', { name })}
          title={t('mapper.choose')}
        />
      ) : (
        <Button size="small" className={css.quiet ?? ''} aria-label={t('mapper.chooseSource', { name })}>
          {t('mapper.choose')}
        </Button>
      )}
    </Popover>
  )
}
