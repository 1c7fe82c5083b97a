import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import type { Connection } from '../../api/connection-contract.ts'
import type { FileReceipt } from '../../api/contract.ts'
import { request } from '../../api/request.ts'
import { countText } from '../../format/number.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Loading } from '../../parts/Loading.tsx'
import { useReport } from '../../parts/use-report.ts'
import { readMapping } from '../connection-mapping.ts'
import { connectionsQuery } from '../queries.ts'
import css from './FilePreview.module.css'
import { type Choice, type ChosenFile, previewQuery, type Suggested, sendFile } from './file-preview.ts'
import { Outcome } from './Outcome.tsx'
import { PreviewBody } from './PreviewBody.tsx'
import { ReadAs } from './ReadAs.tsx'
import { SuggestedMapping } from './SuggestedMapping.tsx'
import { Unreadable } from './Unreadable.tsx'
import { uploadedText } from './uploaded-text.ts'

const MappingEditor = lazy(async () => ({
  default: (await import('../MappingEditor.tsx')).MappingEditor,
}))

/** What a file would bring before any of it is taken: how it was read, its orders, and the ways to read it otherwise. */
export function PreviewDrawer(props: {
  connection: Connection
  chosen: ChosenFile
  onTaken: (receipt: FileReceipt) => void
  onOther: () => void
  onClose: () => void
}): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const { connection, chosen } = props
  const [choice, setChoice] = useState<Choice>({})
  const [isEditing, setEditing] = useState(false)
  const { mapping, identity } = connection
  const found = useQuery(previewQuery(connection.id, chosen, choice, [mapping, identity]))
  const preview = found.data
  const hasOwn = readMapping(connection).rules.length > 0

  const take = useMutation({
    mutationFn: () => {
      const { mapping: _, ...reading } = choice
      return sendFile<FileReceipt>(connection.id, 'files', chosen, reading)
    },
    onSuccess: receipt => {
      report.done(uploadedText(receipt, t))
      props.onTaken(receipt)
      return queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'file-preview' })
    },
    onError: failure => report.failed(failure, why => t('connections.uploadFailed', { why })),
  })
  const use = useMutation({
    mutationFn: ({ mapping: fields, identity: by, groupRowsBy }: Suggested) =>
      request(`/connections/${encodeURIComponent(connection.id)}`, {
        method: 'PUT',
        body: { mapping: fields, ...(by ? { identity: by } : {}), ...(groupRowsBy ? { groupRowsBy } : {}) },
      }),
    onSuccess: async () => {
      report.done(t('connections.fileUsed'))
      await queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
      setChoice(({ mapping: _, ...rest }) => rest)
    },
    onError: failure => report.failed(failure, why => t('connections.fileNotUsed', { why })),
  })

  const n = preview ? preview.counts.new + preview.counts.changed + preview.counts.unmapped : 0
  const isAdopted = hasOwn && preview?.mapping === 'own'
  return (
    <Drawer
      open
      title={t('connections.fileTitle', { file: chosen.file.name })}
      size="min(1280px, 100vw - 24px)"
      closable={{ 'aria-label': t('parts.close') }}
      onClose={props.onClose}
      footer={
        <div className={css.footer}>
          <Button onClick={props.onOther}>{t('connections.fileOther')}</Button>
          <span className={css.rest} />
          <Button onClick={props.onClose}>{t('connections.fileCancel')}</Button>
          <Button
            type="primary"
            disabled={!isAdopted || n === 0 || found.isFetching}
            loading={take.isPending}
            onClick={() => take.mutate()}
          >
            {preview?.mapping === 'none'
              ? t('connections.fileTakeUnready')
              : preview && !isAdopted
                ? t('connections.fileTakeFirst')
                : n > 0
                  ? t('connections.fileTaken', { n: countText(n), count: n })
                  : t('connections.fileTakeNone')}
          </Button>
        </div>
      }
    >
      {found.isError ? (
        <Unreadable
          failure={found.error}
          isChosen={Object.keys(choice).length > 0}
          onRetry={() => void found.refetch()}
          onReset={() => setChoice({})}
          onOther={props.onOther}
        />
      ) : !preview ? (
        <Loading rows={10} />
      ) : (
        <div className={css.preview} aria-busy={found.isPlaceholderData}>
          <ReadAs
            preview={preview}
            choice={choice}
            onChoose={part => setChoice(before => ({ ...before, ...part }))}
          />
          <SuggestedMapping
            preview={preview}
            hasOwn={hasOwn}
            isSaving={use.isPending}
            onUse={() => preview.suggestion && use.mutate(preview.suggestion)}
            onShow={which => setChoice(before => ({ ...before, mapping: which }))}
            onEdit={() => setEditing(true)}
          />
          {preview.documents > 0 && <Outcome counts={preview.counts} />}
          <PreviewBody preview={preview} />
        </div>
      )}
      {isEditing && (
        <Suspense fallback={<Loading rows={3} />}>
          <MappingEditor
            connection={connection}
            samples={preview?.samples}
            onClose={() => setEditing(false)}
          />
        </Suspense>
      )}
    </Drawer>
  )
}
