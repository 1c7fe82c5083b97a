import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { type Identity, impliedIdentity, withPaths } from '../mapper/identity.ts'
import type { ConnectionReading } from './connection-mapping.ts'
import css from './MappingEditor.module.css'

const PARTS = ['orderId', 'version', 'buyer'] as const

/** What tells one order from another before it is mapped: its number, its version, its buyer. */
export function IdentityBar(props: {
  reading: ConnectionReading
  onChange: (part: Partial<ConnectionReading>, merge?: string) => void
}): ReactElement {
  const { t } = useWords()
  const { reading, onChange } = props
  const { identity, rules, negativeQuantity } = reading
  const implied = impliedIdentity(rules)
  const names: Readonly<Record<keyof Identity, string>> = {
    orderId: t('connections.identityOrder'),
    version: t('connections.identityVersion'),
    buyer: t('connections.identityBuyer'),
  }
  const isAsImplied = PARTS.every(
    part => implied[part] === undefined || implied[part].join() === identity[part]?.join(),
  )
  return (
    <section className={css.identity} aria-label={t('connections.identity')}>
      <h3 className={css.part} title={t('connections.identityWhy')}>
        {t('connections.identity')}
      </h3>
      {PARTS.map(part => (
        <div key={part} className={css.path}>
          <span>{names[part]}</span>
          <Select
            size="small"
            mode="tags"
            open={false}
            suffixIcon={null}
            className={css.paths ?? ''}
            aria-label={names[part]}
            placeholder={t('connections.identityNone')}
            value={[...(identity[part] ?? [])]}
            onChange={paths => onChange({ identity: withPaths(identity, part, paths) })}
          />
        </div>
      ))}
      <Button
        size="small"
        disabled={isAsImplied}
        onClick={() => onChange({ identity: { ...identity, ...implied } })}
      >
        {t('connections.identityFromMapping')}
      </Button>
      <div className={css.path}>
        <span>{t('connections.negative')}</span>
        <Select
          size="small"
          aria-label={t('connections.negative')}
          value={negativeQuantity ?? 'refuse'}
          options={[
            { value: 'refuse' as const, label: t('connections.negativeRefuse') },
            { value: 'return' as const, label: t('connections.negativeReturn') },
          ]}
          onChange={value => onChange({ negativeQuantity: value })}
        />
      </div>
    </section>
  )
}
