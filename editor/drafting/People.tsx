import { Avatar, Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { Person } from './use-presence.ts'

/** The others who have this draft open. */
export function People({ people }: { people: readonly Person[] }): ReactElement | null {
  const { t } = useWords()
  if (people.length === 0) return null
  return (
    <Avatar.Group size={22} max={{ count: 4 }}>
      {people.map(({ id, name }) => (
        <Tooltip key={id} title={t('drafting.alsoHere', { name: name || t('drafting.somebody') })}>
          <Avatar style={{ background: 'var(--kind-trigger)' }}>{(name || '?').slice(0, 1)}</Avatar>
        </Tooltip>
      ))}
    </Avatar.Group>
  )
}
