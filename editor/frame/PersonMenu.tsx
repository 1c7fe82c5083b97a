import { UserOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { lazy, type ReactElement, Suspense } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useStore } from '../live/store.ts'
import { preferences } from '../look/preferences.ts'
import css from './PersonMenu.module.css'

const SignatureField = lazy(async () => ({
  default: (await import('../settings/SignatureField.tsx')).SignatureField,
}))

/** Who sits here. Without accounts that is a name the person gives; tasks are signed with it. */
export function PersonMenu(): ReactElement {
  const { t } = useWords()
  const { signature } = useStore(preferences)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('frame.signature')}
      content={
        <div className={css.content}>
          <Suspense>
            <SignatureField label={t('frame.signature')} />
          </Suspense>
          <p className={css.why}>{t('frame.signatureWhy')}</p>
        </div>
      }
    >
      <Button
        type="text"
        icon={<UserOutlined aria-hidden />}
        aria-label={`${t('frame.person')}: ${signature || t('frame.personUnsigned')}`}
      >
        <span className={css.name}>{signature || t('frame.person')}</span>
      </Button>
    </Popover>
  )
}
