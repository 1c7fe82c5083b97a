import { ClockCircleOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input } from 'antd'
import { type ReactElement, type ReactNode, useId, useState } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import type { BeforePublish } from '../api/draft-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { CaseResults } from './CaseResults.tsx'
import { ChangeList } from './ChangeList.tsx'
import { ProblemList } from './ProblemList.tsx'
import css from './PublishForm.module.css'
import { Tested } from './Tested.tsx'
import { usePublish } from './use-publish.ts'
import { verdictOf } from './verdict.ts'

const LONGEST_NOTE = 500

/** What publishing this draft means, and the button that does it. */
export function PublishForm(props: {
  workflow: WorkflowDetail
  before: BeforePublish
  onLookAgain: () => void
  onClose: () => void
  onTest: () => void
  onJump: (node: string) => void
  onPublished: () => void
}): ReactElement {
  const { workflow, before, onJump } = props
  const { t } = useWords()
  const noteId = useId()
  const [note, setNote] = useState('')
  const [despite, setDespite] = useState(false)
  const publish = usePublish(workflow, { onPublished: props.onPublished, onRefused: props.onLookAgain })
  const { errors, failing, mayPublish } = verdictOf(before, despite)
  const { parked, cases } = before
  return (
    <>
      <div className={css.form}>
        {before.unchanged ? (
          <p className={css.unchanged}>{t('versions.unchanged', { n: workflow.published?.version ?? 0 })}</p>
        ) : (
          <>
            <Part title={t('versions.proof')}>
              <Tested tested={before.tested} onTest={props.onTest} />
            </Part>
            {before.problems.length > 0 && (
              <Part
                title={
                  errors > 0
                    ? t('versions.errors', { count: errors })
                    : t('versions.warnings', { count: before.problems.length })
                }
              >
                <ProblemList problems={before.problems} graph={workflow.draft} onJump={onJump} />
              </Part>
            )}
            <Part
              title={
                workflow.published
                  ? t('versions.changes', { count: before.changes.length })
                  : t('versions.firstTitle')
              }
            >
              {workflow.published ? (
                <div className={css.list}>
                  <ChangeList changes={before.changes} onChoose={onJump} removedToo={false} />
                </div>
              ) : (
                <p>{t('versions.first')}</p>
              )}
            </Part>
            <Part
              title={
                cases.length === 0
                  ? t('versions.noCases')
                  : failing > 0
                    ? t('versions.casesFail', { count: failing, total: cases.length })
                    : t('versions.casesPass', { count: cases.length })
              }
            >
              {cases.length === 0 ? (
                <p className={css.soft}>{t('versions.noCasesText')}</p>
              ) : (
                <CaseResults results={cases} graph={workflow.draft} />
              )}
              {failing > 0 && (
                <Checkbox
                  className={css.despite ?? ''}
                  checked={despite}
                  onChange={event => setDespite(event.target.checked)}
                >
                  {t('versions.despite', { count: failing })}
                </Checkbox>
              )}
            </Part>
            {(parked.length > 0 || workflow.paused) && (
              <Part title={t('versions.underWay')}>
                <ul>
                  {parked.map(({ version, runs }) => (
                    <li key={version}>
                      <ClockCircleOutlined aria-hidden /> {t('versions.parked', { count: runs, n: version })}
                    </li>
                  ))}
                  {workflow.paused && <li>{t('versions.staysPaused')}</li>}
                </ul>
              </Part>
            )}
            <div className={css.note}>
              <label htmlFor={noteId}>{t('versions.note')}</label>
              <Input.TextArea
                id={noteId}
                rows={2}
                maxLength={LONGEST_NOTE}
                placeholder={t('versions.notePlaceholder')}
                value={note}
                onChange={event => setNote(event.target.value)}
              />
            </div>
          </>
        )}
      </div>
      <div className={css.foot}>
        {!mayPublish && errors + failing > 0 && (
          <span className={css.blocked}>
            {errors > 0
              ? t('versions.blocked', { count: errors })
              : t('versions.casesBlock', { count: failing })}
          </span>
        )}
        <Button onClick={props.onClose}>{t('versions.later')}</Button>
        {!before.unchanged && (
          <Button
            type="primary"
            disabled={!mayPublish}
            loading={publish.isPending}
            onClick={() => publish.mutate({ note: note.trim(), rev: before.rev, despiteCases: despite })}
          >
            {t('versions.publishVersion', { n: before.version })}
          </Button>
        )}
      </div>
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactElement {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h3 className={css.title} id={id}>
        {title}
      </h3>
      {children}
    </section>
  )
}
