import { UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type DragEvent, lazy, type ReactElement, Suspense, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { Connection } from '../api/connection-contract.ts'
import type { FileReceipt } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './ConnectionsPage.module.css'
import fileCss from './files/FilePreview.module.css'
import type { ChosenFile } from './files/file-preview.ts'
import { uploadedText } from './files/uploaded-text.ts'

const PreviewDrawer = lazy(async () => ({
  default: (await import('./files/PreviewDrawer.tsx')).PreviewDrawer,
}))

/** Orders from a file the person has: looked at before they are taken, and accounted for after. */
export function UploadOrders({ connection }: { connection: Connection }): ReactElement {
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<ChosenFile>()
  const [receipt, setReceipt] = useState<FileReceipt>()
  const [isOver, setOver] = useState(false)

  function look(file: File | undefined): void {
    if (!file || !connection.enabled) return
    setReceipt(undefined)
    setChosen(before => ({ file, id: (before?.id ?? 0) + 1 }))
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    look(event.dataTransfer.files[0])
  }

  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".xlsx,.csv,.tsv,.xls,.json,.ndjson,.jsonl"
        aria-label={t('connections.upload')}
        hidden
        onChange={event => {
          look(event.target.files?.[0])
          // The same file can be chosen again once it was mended.
          event.target.value = ''
        }}
      />
      <section
        aria-label={t('connections.upload')}
        className={`${fileCss.drop} ${isOver ? fileCss.over : ''}`}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <Button
          icon={<UploadOutlined aria-hidden />}
          disabled={!connection.enabled}
          onClick={() => input.current?.click()}
        >
          {t('connections.upload')}
        </Button>
        {t(isOver ? 'connections.fileDropNow' : 'connections.fileDrop')}
      </section>
      <p className={css.faint}>{t('connections.uploadWhy')}</p>
      <p role="status">
        {receipt && (
          <>
            {uploadedText(receipt, t)}{' '}
            {receipt.refused.length > 0 && (
              <Link to="/tasks?tab=quarantine">{t('connections.toQuarantine')}</Link>
            )}
          </>
        )}
      </p>
      {chosen && (
        <Suspense fallback={null}>
          <PreviewDrawer
            // What was chosen for one file says nothing of another.
            key={chosen.id}
            connection={connection}
            chosen={chosen}
            onTaken={taken => {
              setReceipt(taken)
              setChosen(undefined)
            }}
            onOther={() => input.current?.click()}
            onClose={() => setChosen(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}
