import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import type { Connection } from '../api/connection-contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { changed, historyOf, redone, undone } from '../mapper/history.ts'
import { Mapper } from '../mapper/Mapper.tsx'
import { MapperDrawer } from '../mapper/MapperDrawer.tsx'
import type { MappingProblem } from '../mapper/try-query.ts'
import { useReport } from '../parts/use-report.ts'
import { type ConnectionReading, readMapping, storedMapping } from './connection-mapping.ts'
import { IdentityBar } from './IdentityBar.tsx'
import css from './MappingEditor.module.css'
import { connectionsQuery } from './queries.ts'

/** Changes how the documents of a connection are read; nothing counts until it is saved. */
export function MappingEditor(props: {
  connection: Connection /** Documents it is looked at with from the beginning. */
  samples?: readonly unknown[] | undefined
  onClose: () => void
}): ReactElement {
  const { t, say } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const { connection, onClose } = props
  const [history, setHistory] = useState(() => historyOf(readMapping(connection)))
  const [asks, setAsks] = useState<'leave' | readonly MappingProblem[]>()
  const reading = history.present
  const isDirty = history.past.length > 0
  const change = (part: Partial<ConnectionReading>, merge?: string) =>
    setHistory(before => changed(before, { ...before.present, ...part }, merge))

  const save = useMutation({
    mutationFn: async (isSure: boolean) => {
      const stored = storedMapping(reading, connection)
      if (!isSure) {
        const { problems } = await request<{ problems: readonly MappingProblem[] }>('/mappings/try', {
          method: 'POST',
          body: { mapping: { fields: reading.rules } },
        })
        if (problems.length > 0) return problems
      }
      await request(`/connections/${encodeURIComponent(connection.id)}`, { method: 'PUT', body: stored })
      return undefined
    },
    onSuccess: async problems => {
      if (problems) return setAsks(problems)
      report.done(t('connections.mappingSaved'))
      setAsks(undefined)
      await queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
      onClose()
    },
    onError: failure => report.failed(failure, why => t('connections.mappingNotSaved', { why })),
  })

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
      if (isTyping || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
      event.preventDefault()
      setHistory(event.shiftKey ? redone : undone)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  return (
    <MapperDrawer
      open
      title={t('connections.mappingOf', { name: connection.name })}
      onClose={() => (isDirty ? setAsks('leave') : onClose())}
      actions={
        <div className={css.actions}>
          <Button
            type="text"
            icon={<UndoOutlined aria-hidden />}
            aria-label={t('mapper.undo')}
            title={t('mapper.undo')}
            disabled={!isDirty}
            onClick={() => setHistory(undone)}
          />
          <Button
            type="text"
            icon={<RedoOutlined aria-hidden />}
            aria-label={t('mapper.redo')}
            title={t('mapper.redo')}
            disabled={history.future.length === 0}
            onClick={() => setHistory(redone)}
          />
          <Button
            type="primary"
            disabled={!isDirty}
            loading={save.isPending}
            onClick={() => save.mutate(false)}
          >
            {t('connections.saveMapping')}
          </Button>
        </div>
      }
    >
      <div className={css.editor}>
        <div className={css.mapper}>
          <Mapper
            rules={reading.rules}
            negativeQuantity={reading.negativeQuantity}
            connection={connection.id}
            given={props.samples}
            onChange={(rules, merge) => change({ rules }, merge)}
          />
        </div>
        <IdentityBar reading={reading} onChange={change} />
      </div>
      <Modal
        open={asks !== undefined}
        title={t(asks === 'leave' ? 'connections.leaveTitle' : 'connections.unfinishedTitle')}
        onCancel={() => setAsks(undefined)}
        footer={[
          <Button key="stay" onClick={() => setAsks(undefined)}>
            {t('connections.goOn')}
          </Button>,
          asks === 'leave' ? (
            <Button key="leave" danger onClick={onClose}>
              {t('connections.discard')}
            </Button>
          ) : (
            <Button key="save" danger loading={save.isPending} onClick={() => save.mutate(true)}>
              {t('connections.saveAnyway')}
            </Button>
          ),
        ]}
      >
        {asks === 'leave' ? (
          <p>{t('connections.leaveText')}</p>
        ) : (
          <>
            <p>{t('connections.unfinishedText')}</p>
            <ul className={css.problems}>
              {asks?.map(({ code, at, message }) => (
                <li key={`${code} ${at}`}>{say(message)}</li>
              ))}
            </ul>
          </>
        )}
      </Modal>
    </MapperDrawer>
  )
}
