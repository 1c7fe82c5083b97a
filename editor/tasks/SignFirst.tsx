import { Modal } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useStore } from '../live/store.ts'
import { preferences } from '../look/preferences.ts'
import { SignatureField } from '../settings/SignatureField.tsx'
import css from './OpenTasks.module.css'

/** Asks once for the name decisions are signed with. */
export function SignFirst(props: {
  open: boolean
  onSigned: () => void
  onCancel: () => void
}): ReactElement {
  const { t } = useWords()
  const { signature } = useStore(preferences)
  const signed = signature.trim() !== ''
  return (
    <Modal
      open={props.open}
      title={t('tasks.signFirst')}
      okText={t('tasks.signed')}
      cancelText={t('tasks.cancel')}
      okButtonProps={{ disabled: !signed }}
      onOk={props.onSigned}
      onCancel={props.onCancel}
      width={420}
      destroyOnHidden
    >
      <p className={css.why}>{t('tasks.signWhy')}</p>
      <form
        onSubmit={event => {
          event.preventDefault()
          if (signed) props.onSigned()
        }}
      >
        <SignatureField label={t('tasks.signatureLabel')} />
      </form>
    </Modal>
  )
}
