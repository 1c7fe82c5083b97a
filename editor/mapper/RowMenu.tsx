import { MoreOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Popover } from 'antd'
import { type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { Row } from './language.ts'
import { useMapping } from './mapper-state.ts'
import { isEntry, isMapped, ruleOf, withRule, withSteps } from './rules.ts'
import { typedValue } from './step-words.ts'
import css from './TargetRow.module.css'

/** What is seldom asked of a field: a fixed value, what to fill in, whether it may be missing. */
export function RowMenu({ row }: { row: Row }): ReactElement {
  const { t, say } = useWords()
  const { rules, change } = useMapping()
  const [open, setOpen] = useState(false)
  const rule = ruleOf(rules, row.key)
  const name = say(row.target.name)
  const [fixed] = rule?.transforms?.filter(({ use }) => use === 'constant') ?? []
  const set = (part: string, update: Parameters<typeof withRule>[2]) =>
    change(withRule(rules, row.key, update), `${row.key}/${part}`)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      title={name}
      destroyOnHidden
      content={
        <div className={css.menu}>
          <div className={css.setting}>
            <span>{t('mapper.fixed')}</span>
            <Input
              size="small"
              aria-label={t('mapper.fixed')}
              value={fixed === undefined ? '' : String(fixed.value)}
              onChange={({ target: { value } }) =>
                set('fixed', ({ from: _, ...each }) =>
                  value === ''
                    ? withSteps(each, [])
                    : withSteps(each, [{ use: 'constant', value: typedValue(value, fixed?.value) }]),
                )
              }
            />
          </div>
          <div className={css.setting}>
            <span>{t('mapper.default')}</span>
            <Input
              size="small"
              aria-label={t('mapper.default')}
              value={rule?.default === undefined ? '' : String(rule.default)}
              onChange={({ target: { value } }) =>
                set('default', ({ default: before, ...each }) =>
                  value === '' ? each : { ...each, default: typedValue(value, before) },
                )
              }
            />
          </div>
          <Checkbox
            checked={rule?.required === true}
            disabled={!isMapped(rule)}
            onChange={({ target: { checked } }) =>
              set('required', ({ required: _, ...each }) => (checked ? { ...each, required: true } : each))
            }
          >
            {t('mapper.required')}
          </Checkbox>
          <Button
            size="small"
            danger
            disabled={rule === undefined}
            onClick={() => {
              set('clear', () => undefined)
              setOpen(false)
            }}
          >
            {t('mapper.clear')}
          </Button>
        </div>
      }
    >
      <Button
        size="small"
        type="text"
        icon={<MoreOutlined aria-hidden />}
        disabled={isEntry(row.key) && ruleOf(rules, 'items')?.each === undefined}
        aria-label={t('mapper.moreFor', { name })}
      />
    </Popover>
  )
}
