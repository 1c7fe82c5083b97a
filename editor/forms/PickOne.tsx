import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Picker } from '../rules/Picker.tsx'
import type { ControlProps } from './field-props.ts'
import css from './forms.module.css'

const LONG = 8

/** Picks one of what the data has; what need not be given can be let go of again. */
export function PickOne(
  props: ControlProps & { options: readonly { value: string; name: string; hint: string }[] },
): ReactElement {
  const { t } = useWords()
  const { label, value, isRequired, options, onChange } = props
  const held = typeof value === 'string' && value !== '' ? value : undefined
  const known = options.find(each => each.value === held)
  return (
    <span className={css.pickOne}>
      <Picker
        label={label}
        placeholder={isRequired ? t('forms.choose') : t('forms.unset')}
        chosen={known?.name ?? held}
        chosenKey={held}
        search={options.length > LONG ? t('forms.search') : undefined}
        sections={[
          {
            picks: options.map(each => ({
              key: each.value,
              name: each.name,
              hint: each.hint,
              found: `${each.name}\n${each.value}`.toLowerCase(),
            })),
          },
        ]}
        none={t('forms.noneYet')}
        onPick={key => onChange(key)}
      />
      {!isRequired && held !== undefined && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('forms.clear', { field: label })}
          onClick={() => onChange(undefined)}
        />
      )}
    </span>
  )
}
