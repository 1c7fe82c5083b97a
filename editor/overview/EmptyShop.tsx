import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Notice } from '../parts/Notice.tsx'
import css from './EmptyShop.module.css'
import { ShopPicture } from './ShopPicture.tsx'
import { StartDemo } from './StartDemo.tsx'

/** Before the first order: what will be seen here, and the one button that makes it so. */
export function EmptyShop(): ReactElement {
  const { t } = useWords()
  return (
    <section className={css.empty}>
      <Notice
        picture={<ShopPicture />}
        title={t('overview.emptyTitle')}
        text={t('overview.emptyText')}
        action={
          <>
            <StartDemo size="large" />
            <p className={css.safe}>{t('overview.demoSafe')}</p>
          </>
        }
      />
    </section>
  )
}
