import { FileAddOutlined, FileTextOutlined, InboxOutlined, SnippetsOutlined } from '@ant-design/icons'
import { Button, Input, Segmented } from 'antd'
import { type ReactElement, useRef, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Notice } from '../parts/Notice.tsx'
import { PasteSample } from './PasteSample.tsx'
import css from './SourcePane.module.css'
import { SourceTree } from './SourceTree.tsx'
import { shortName } from './samples.ts'
import type { SourceNode } from './source-tree.ts'
import { TakeSample } from './TakeSample.tsx'
import type { SamplesInUse } from './use-samples.ts'

type Way = 'paste' | 'take'

/** Where the data comes from: its fields as a tree, and the ways to bring samples in. */
export function SourcePane(props: {
  tree: readonly SourceNode[]
  given: SamplesInUse
  connection: string | undefined
  onConnection: ((id: string) => void) | undefined
  note: string
}): ReactElement {
  const { t } = useWords()
  const { tree, given, note } = props
  const { samples } = given
  const [way, setWay] = useState<Way>()
  const [shown, setShown] = useState(0)
  const [sought, setSought] = useState('')
  const [fault, setFault] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const at = Math.min(shown, Math.max(0, samples.length - 1))

  async function readFile(file: File): Promise<void> {
    try {
      setFault(given.give(await file.text()))
    } catch (failure) {
      setFault(t('mapper.fileFailed', { why: failure instanceof Error ? failure.message : String(failure) }))
    }
  }

  const ways = (
    <div className={css.ways}>
      <Button
        size="small"
        icon={<SnippetsOutlined aria-hidden />}
        aria-expanded={way === 'paste'}
        onClick={() => setWay(way === 'paste' ? undefined : 'paste')}
      >
        {t('mapper.paste')}
      </Button>
      <Button size="small" icon={<FileAddOutlined aria-hidden />} onClick={() => input.current?.click()}>
        {t('mapper.file')}
      </Button>
      <Button
        size="small"
        icon={<InboxOutlined aria-hidden />}
        aria-expanded={way === 'take'}
        onClick={() => setWay(way === 'take' ? undefined : 'take')}
      >
        {t('mapper.take')}
      </Button>
    </div>
  )
  return (
    <section className={css.pane} aria-label={t('mapper.source')}>
      <header className={css.head}>
        <h2 className={css.title}>{t('mapper.source')}</h2>
        {ways}
        <input
          ref={input}
          type="file"
          accept=".json,.ndjson,.jsonl,.txt,application/json"
          hidden
          onChange={event => {
            const file = event.target.files?.[0]
            if (file) void readFile(file)
            event.target.value = ''
          }}
        />
      </header>
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
      {way === 'paste' && (
        <PasteSample
          onGive={text => {
            const why = given.give(text)
            if (why === undefined) setWay(undefined)
            setFault(undefined)
            return why
          }}
          onCancel={() => setWay(undefined)}
        />
      )}
      {way === 'take' && (
        <TakeSample
          connection={props.connection}
          onConnection={props.onConnection}
          taken={samples}
          onTake={given.take}
          onClose={() => setWay(undefined)}
        />
      )}
      {note && (
        <p className={css.note} role="status">
          {note}
        </p>
      )}
      {samples.length === 0 ? (
        way === undefined && (
          <Notice
            picture={<FileTextOutlined aria-hidden />}
            title={t('mapper.emptyTitle')}
            text={t('mapper.emptyText')}
          />
        )
      ) : (
        <>
          <div className={css.tools}>
            {samples.length > 1 && (
              <Segmented
                size="small"
                value={at}
                options={samples.map((sample, value) => ({
                  value,
                  label: shortName(sample),
                  title: sample.name,
                }))}
                onChange={setShown}
              />
            )}
            <Input
              size="small"
              type="search"
              allowClear
              aria-label={t('mapper.find')}
              placeholder={t('mapper.find')}
              value={sought}
              onChange={event => setSought(event.target.value)}
            />
          </div>
          <SourceTree tree={tree} shown={at} sought={sought} />
        </>
      )}
    </section>
  )
}
