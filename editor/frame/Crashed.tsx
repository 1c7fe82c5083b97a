import { WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useRouteError } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import css from './Crashed.module.css'

/** In place of a page that threw, or whose code is gone because the server was updated meanwhile. */
export function Crashed(): ReactElement {
  const { t } = useWords()
  const error = useRouteError()
  const told = error instanceof Error ? error.message : String(error)
  const outdated = /dynamically imported module|module script failed/i.test(told)
  return (
    <>
      <PageHead title={t('parts.crashedTitle')} />
      <Notice
        role="alert"
        picture={<WarningOutlined aria-hidden />}
        text={outdated ? t('parts.newVersion') : t('parts.crashed')}
        action={
          <Button type="primary" onClick={() => location.reload()}>
            {t('parts.reload')}
          </Button>
        }
      />
      {!outdated && <p className={css.told}>{told}</p>}
    </>
  )
}
