import { PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { withNew } from './json-document.ts'
import css from './Mend.module.css'

/** Adds a field the sender left out: the commonest thing wrong with a message. */
export function AddField(props: { document: unknown; onChange: (document: unknown) => void }): ReactElement {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const added = name.trim() === '' ? undefined : withNew(props.document, name.trim(), value)
  const impossible = name.trim() !== '' && added === undefined
  return (
    <form
      className={css.add}
      onSubmit={event => {
        event.preventDefault()
        if (added === undefined) return
        props.onChange(added)
        setName('')
        setValue('')
      }}
    >
      <p className={css.hint}>{t('tasks.addWhy')}</p>
      <div className={css.row}>
        <Input
          value={name}
          status={impossible ? 'error' : ''}
          placeholder={t('tasks.addName')}
          aria-label={t('tasks.addName')}
          onChange={event => setName(event.target.value)}
        />
        <Input
          value={value}
          placeholder={t('tasks.addValue')}
          aria-label={t('tasks.addValue')}
          onChange={event => setValue(event.target.value)}
        />
        <Button htmlType="submit" icon={<PlusOutlined aria-hidden />} disabled={added === undefined}>
          {t('tasks.add')}
        </Button>
      </div>
      {impossible && (
        <p className={css.fault} role="alert">
          {t('tasks.addImpossible', { name: name.trim() })}
        </p>
      )}
    </form>
  )
}
