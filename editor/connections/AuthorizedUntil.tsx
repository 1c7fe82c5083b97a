import type { ReactElement } from 'react'
import type { ConnectionAuthorization } from '../api/connection-contract.ts'
import { fullInstant, momentText } from '../format/time.ts'
import { useWords } from '../i18n/use-words.ts'
import { authorizedShop } from './authorized-shop.ts'
import css from './ConnectionsPage.module.css'

const SOON_MS = 7 * 86_400_000

/** 已授权：织单旗舰店，12月3日 14:03 到期. One that renews itself lasts as long as it can be renewed. */
export function AuthorizedUntil({ authorized }: { authorized: ConnectionAuthorization }): ReactElement {
  const { t } = useWords()
  const { expiresAt, refreshExpiresAt } = authorized
  const shop = authorizedShop(authorized)
  const end = refreshExpiresAt ?? expiresAt
  const isSoon = end !== undefined && Date.parse(end) - Date.now() < SOON_MS
  return (
    <span>
      {shop ? t('connections.authorizedShop', { shop }) : t('connections.authorized')}
      {end !== undefined && (
        <time className={isSoon ? css.passing : undefined} dateTime={end} title={fullInstant(end)}>
          {t(refreshExpiresAt ? 'connections.renewsUntil' : 'connections.until', {
            moment: momentText(end, t),
          })}
        </time>
      )}
    </span>
  )
}
