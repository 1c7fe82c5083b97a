import { Input } from 'antd'
import type { ReactElement } from 'react'
import { useStore } from '../live/store.ts'
import { prefer, preferences } from '../look/preferences.ts'

/** The person's name, kept as it is typed. */
export function SignatureField({ label }: { label: string }): ReactElement {
  const { signature } = useStore(preferences)
  return (
    <Input
      aria-label={label}
      value={signature}
      maxLength={40}
      onChange={event => prefer({ signature: event.target.value })}
    />
  )
}
