import { CompassOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import { Notice } from '../parts/Notice.tsx'

export function NotFound(): ReactElement {
  const { t } = useWords()
  return (
    <Notice
      picture={<CompassOutlined />}
      title={t('frame.pageMissing')}
      text={t('parts.notFound')}
      action={<Link to="/">{t('frame.overview')}</Link>}
    />
  )
}
