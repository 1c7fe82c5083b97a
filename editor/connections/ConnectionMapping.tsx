import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import type { Connection } from '../api/connection-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { languageQuery } from '../mapper/language.ts'
import { MappingSummary } from '../mapper/MappingSummary.tsx'
import { Loading } from '../parts/Loading.tsx'
import css from './ConnectionsPage.module.css'
import { readMapping } from './connection-mapping.ts'

const MappingEditor = lazy(async () => ({
  default: (await import('./MappingEditor.tsx')).MappingEditor,
}))

/** The reusable mapping of a connection: what it amounts to, and the way to change it. */
export function ConnectionMapping({ connection }: { connection: Connection }): ReactElement {
  const { t } = useWords()
  const { data: language } = useQuery(languageQuery)
  const [open, setOpen] = useState(false)
  const { rules } = readMapping(connection)
  return (
    <section>
      <h2 className={css.title}>{t('connections.mapping')}</h2>
      <MappingSummary rules={rules} language={language} />
      <Button onClick={() => setOpen(true)}>{t('connections.editMapping')}</Button>
      <p className={css.faint}>{t('connections.mappingWhy')}</p>
      {open && (
        <Suspense fallback={<Loading rows={3} />}>
          <MappingEditor connection={connection} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  )
}
