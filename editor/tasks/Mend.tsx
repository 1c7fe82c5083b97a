import { Button, Popconfirm, Segmented } from 'antd'
import { type ReactElement, useMemo, useState } from 'react'
import type { FieldProblem, QuarantineEntry } from '../api/contract.ts'
import { printExact } from '../api/exact-json.ts'
import { useWords } from '../i18n/use-words.ts'
import { FieldEditor } from './FieldEditor.tsx'
import { readDocument, unwrapped } from './json-document.ts'
import css from './Mend.module.css'
import { ProblemText } from './ProblemText.tsx'
import { SourceEditor } from './SourceEditor.tsx'
import { useDiscard, useResubmit } from './use-mend.ts'

/** Beyond this a document is changed as text only: a form of it would be slow and of no use. */
const LARGEST_FORM = 200_000

/** A message that could not be read: its fields or its source to change, what is wrong beside it, and sending it again. */
export function Mend({ entry, onGone }: { entry: QuarantineEntry; onGone: () => void }): ReactElement {
  const { t } = useWords()
  const original = useMemo(() => tidy(entry.body), [entry.body])
  const [text, setText] = useState(original)
  const [problems, setProblems] = useState<readonly FieldProblem[]>(entry.problems)
  // A message refused again is a new entry of the quarantine; further tries go there.
  const [current, setCurrent] = useState(entry.id)
  const reading = useMemo(() => readDocument(text), [text])
  const fits =
    text.length <= LARGEST_FORM &&
    'document' in reading &&
    typeof reading.document === 'object' &&
    reading.document !== null
  const [view, setView] = useState<'fields' | 'source'>(fits ? 'fields' : 'source')

  const resubmit = useResubmit({
    onAccepted: onGone,
    onStillWrong(still) {
      setProblems(still.problems)
      setCurrent(still.quarantine)
    },
  })
  const discard = useDiscard(onGone)
  const busy = resubmit.isPending || discard.isPending
  return (
    <div className={css.mend}>
      <section className={css.document}>
        <Segmented<'fields' | 'source'>
          className={css.view}
          aria-label={t('tasks.message')}
          value={fits ? view : 'source'}
          onChange={setView}
          options={[
            { value: 'fields', label: t('tasks.fields'), disabled: !fits },
            { value: 'source', label: t('tasks.json') },
          ]}
        />
        {fits && view === 'fields' ? (
          <FieldEditor
            document={reading.document}
            original={original}
            onChange={document => setText(printExact(document, 2))}
          />
        ) : (
          <SourceEditor
            text={text}
            fault={'fault' in reading ? reading.fault : undefined}
            onChange={setText}
          />
        )}
      </section>
      <aside className={css.beside} aria-live="polite">
        <h2 className={css.title}>{t('tasks.problems', { count: problems.length })}</h2>
        <ul className={css.problems}>
          {problems.map(problem => (
            <li key={`${problem.field}/${problem.code}`}>
              <ProblemText problem={problem} />
            </li>
          ))}
        </ul>
        <div className={css.actions}>
          <Button
            type="primary"
            disabled={busy || 'fault' in reading}
            loading={resubmit.isPending}
            onClick={() => resubmit.mutate({ id: current, text })}
          >
            {t('tasks.resubmit')}
          </Button>
          <Popconfirm
            title={t('tasks.discardTitle')}
            description={<div className={css.warning}>{t('tasks.discardText')}</div>}
            okText={t('tasks.discard')}
            okButtonProps={{ danger: true }}
            cancelText={t('tasks.cancel')}
            onConfirm={() => discard.mutate(current)}
          >
            <Button danger type="text" disabled={busy}>
              {t('tasks.discard')}
            </Button>
          </Popconfirm>
        </div>
      </aside>
    </div>
  )
}

function tidy(body: string): string {
  const text = unwrapped(body)
  const reading = readDocument(text)
  return 'document' in reading && text.length <= LARGEST_FORM ? printExact(reading.document, 2) : text
}
