import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { Connection } from '../api/connection-contract.ts'
import { request } from '../api/request.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import css from './ConnectionsPage.module.css'
import { connectionsQuery } from './queries.ts'

const MOST = 1_000_000

/** How many orders a connection may push per second; an empty field is no limit. */
export function LimitField({ connection }: { connection: Connection }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const known = connection.limitPerSecond || null
  const [limit, setLimit] = useState(known)
  const save = useMutation({
    mutationFn: () =>
      request(`/connections/${encodeURIComponent(connection.id)}`, {
        method: 'PUT',
        body: { limitPerSecond: limit ?? 0 },
      }),
    onSuccess: () => {
      const word =
        limit === null ? t('connections.unlimited') : t('connections.limitSaved', { n: countText(limit) })
      report.done(word)
      return queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    },
    onError: failure => report.failed(failure, why => t('connections.limitNotSaved', { why })),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form className={css.limit} onSubmit={submit}>
      <InputNumber<number>
        className={css.limitNumber ?? ''}
        aria-label={t('connections.limit')}
        min={1}
        max={MOST}
        precision={0}
        placeholder={t('connections.noLimit')}
        suffix={t('overview.perSecond')}
        value={limit}
        onChange={setLimit}
      />
      <Button htmlType="submit" disabled={limit === known} loading={save.isPending}>
        {t('connections.saveLimit')}
      </Button>
      <p className={css.faint}>{t('connections.limitWhy')}</p>
    </form>
  )
}
