import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Problem } from '../../../server/workflow/problem.ts'
import { useFieldId } from '../../forms/field-props.ts'
import { Row } from '../../forms/Row.tsx'
import { useWords } from '../../i18n/use-words.ts'

/** A secret: typed hidden, shown on demand while it is typed, never shown again once it is kept. */
export function SecretField(props: {
  name: string
  label: string
  value: unknown
  isRequired: boolean
  /** What is kept already, masked: left empty it stays. */
  kept: string | undefined
  problems: readonly Problem[]
  onChange: (value: string | undefined) => void
}): ReactElement {
  const { t } = useWords()
  const id = useFieldId(props.name)
  const [isShown, setShown] = useState(false)
  const { label, value, kept, problems } = props
  const isBad = problems.length > 0
  const note = kept === undefined ? undefined : t('connections.keptSecret', { kept })
  const describedBy = [note && `${id}-note`, isBad && `${id}-problems`].filter(Boolean).join(' ')
  return (
    <Row
      id={id}
      label={label}
      isOptional={!props.isRequired && kept === undefined}
      note={note}
      problems={problems}
    >
      <Input
        id={id}
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        spellCheck={false}
        status={isBad ? 'error' : ''}
        aria-invalid={isBad}
        aria-required={props.isRequired && kept === undefined}
        aria-describedby={describedBy || undefined}
        value={typeof value === 'string' ? value : ''}
        onChange={event => props.onChange(event.target.value || undefined)}
        suffix={
          <Button
            type="text"
            size="small"
            icon={isShown ? <EyeOutlined aria-hidden /> : <EyeInvisibleOutlined aria-hidden />}
            aria-label={t('connections.showSecret', { field: label })}
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          />
        }
      />
    </Row>
  )
}
