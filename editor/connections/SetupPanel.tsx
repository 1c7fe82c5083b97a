import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { Connection, Connector } from '../api/connection-contract.ts'
import type { Page } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { inLanguage } from '../parts/failure-text.ts'
import { Loading } from '../parts/Loading.tsx'
import { SidePanel } from '../parts/SidePanel.tsx'
import { Gallery } from './setup/Gallery.tsx'
import { Setup } from './setup/Setup.tsx'
import type { Step } from './setup/steps.ts'
import type { ConnectionPlace } from './use-place.ts'

/** What is shown while something is added or set up. */
export type SettingUp =
  | { readonly kind: 'choosing' }
  | {
      readonly kind: 'setting-up'
      readonly connector: Connector
      readonly connection: Connection | undefined
    }

/** Adds a connection, or goes on with one that is not finished: first what to connect, then how. */
export function SetupPanel(props: {
  shown: SettingUp | undefined
  step: Step | undefined
  authorizeFailed: string | undefined
  connectors: UseQueryResult<Page<Connector>>
  taken: readonly string[]
  onGo: (place: ConnectionPlace) => void
}): ReactElement {
  const { t, say, language } = useWords()
  const { shown, connectors, onGo } = props
  // The panel keeps what it shows while it slides away.
  const [kept, setKept] = useState(shown)
  if (shown && shown !== kept) setKept(shown)
  const inside = shown ?? kept
  const setting = inside?.kind === 'setting-up' ? inside : undefined
  const title = setting
    ? setting.connection
      ? t(
          setting.connection.enabled && props.step !== 'start' ? 'connections.changing' : 'connections.setUp',
          {
            name: setting.connection.name,
          },
        )
      : t('connections.addOne', { name: say(setting.connector.name) })
    : t('connections.add')
  const close = () => onGo({})
  return (
    <SidePanel open={shown !== undefined} title={title} width={760} onClose={close}>
      {setting ? (
        <Setup
          key={setting.connection?.id ?? `new ${setting.connector.id}`}
          connector={setting.connector}
          connection={setting.connection}
          step={props.step}
          authorizeFailed={props.authorizeFailed && inLanguage(props.authorizeFailed, language)}
          taken={props.taken}
          onStep={(step, made) => {
            const open = made?.id ?? setting.connection?.id
            onGo(open === undefined ? { add: setting.connector.id, step } : { open, step })
          }}
          onDone={() => onGo(setting.connection ? { open: setting.connection.id } : {})}
        />
      ) : (
        <>
          {connectors.isPending && <Loading rows={8} />}
          {connectors.isError && (
            <Failed failure={connectors.error} onRetry={() => void connectors.refetch()} />
          )}
          {connectors.data && (
            <Gallery connectors={connectors.data.items} onChoose={({ id }) => onGo({ add: id })} />
          )}
        </>
      )}
    </SidePanel>
  )
}
