import { CompassOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'

export function NotFound(): ReactElement {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('frame.pageMissing')} />
      <Notice
        picture={<CompassOutlined aria-hidden />}
        text={t('parts.notFound')}
        action={<Link to="/">{t('frame.overview')}</Link>}
      />
    </>
  )
}
