import { CheckCircleFilled, CloseOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { type CSSProperties, type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { missingTargets, type Row, rowsOf } from './language.ts'
import { listText } from './list-text.ts'
import { useMapping } from './mapper-state.ts'
import { ITEMS, isMapped, ruleOf } from './rules.ts'
import { type Sample, shortName } from './samples.ts'
import type { SourceNode } from './source-tree.ts'
import { sureOnes } from './suggestions.ts'
import css from './TargetPane.module.css'
import { TargetRow } from './TargetRow.tsx'
import type { TriedDocument } from './try-query.ts'

/** The unified fields, needed ones first, each with what it is made of and what comes out for every sample. */
export function TargetPane(props: {
  dragged: SourceNode | undefined
  failure: string | undefined
  onDrop: (sample: string) => void
}): ReactElement {
  const { t, say, language: tongue } = useWords()
  const { language, rules, samples, trial, picked } = useMapping()
  const [all, setAll] = useState(false)
  const { order, entry } = rowsOf(language)
  const missing = missingTargets(rules, language)
  const isMissing = (row: Row) => missing.some(({ key }) => key === row.key)
  const row = (each: Row) => (
    <TargetRow key={each.key} row={each} isMissing={isMissing(each)} dragged={props.dragged} />
  )
  const isUsed = useIsUsed()
  // An address is one line or its parts: parts in use stand with it.
  const needed = order
    .filter(({ key, target }) => target.need !== 'may' && key !== ITEMS)
    .flatMap(each => [each, ...(each.key === ADDRESS ? partsOfAddress(order).filter(isUsed) : [])])
  const others = order.filter(each => each.target.need === 'may' && !needed.includes(each))
  const shownOthers = all ? others : others.filter(isUsed)
  const items = order.find(({ key }) => key === ITEMS)
  const hidden = others.length - shownOthers.length
  const style = { '--samples': Math.max(1, samples.length) } as CSSProperties
  return (
    <section className={css.pane} aria-label={t('mapper.targets')} style={style}>
      <header className={css.head}>
        <h2 className={css.title}>{t('mapper.targets')}</h2>
        <p className={css.progress} role="status">
          {picked ? (
            <span className={css.pickedNote}>{t('mapper.picked', { name: picked.key })}</span>
          ) : missing.length > 0 ? (
            <span className={css.todo}>
              {t('mapper.todo', {
                names: listText(
                  missing.map(({ target }) => say(target.name)),
                  tongue,
                ),
              })}
            </span>
          ) : (
            <Outcome />
          )}
        </p>
      </header>
      <SuggestionBar />
      {props.failure && (
        <p className={css.failure} role="alert">
          {props.failure}
        </p>
      )}
      <div className={css.rows}>
        {samples.length > 0 && (
          <div className={css.samples}>
            <span />
            <span className={css.previewWord}>{t('mapper.preview')}</span>
            {samples.map(sample => (
              <SampleHead
                key={sample.id}
                sample={sample}
                document={trial?.documents.get(sample.id)}
                isWhole={(trial?.problems.length ?? 0) === 0}
                onDrop={() => props.onDrop(sample.id)}
              />
            ))}
          </div>
        )}
        <h3 className={css.part}>{t('mapper.needed')}</h3>
        {needed.map(row)}
        {items && row(items)}
        <h3 className={css.part}>{t('mapper.items')}</h3>
        <div className={css.entries}>{entry.map(row)}</div>
        <h3 className={css.part}>{t('mapper.more')}</h3>
        {shownOthers.map(row)}
        {(hidden > 0 || all) && (
          <Button type="link" size="small" onClick={() => setAll(!all)}>
            {all ? t('mapper.hideMore') : t('mapper.showMore', { count: hidden })}
          </Button>
        )}
      </div>
    </section>
  )
}

const ADDRESS = 'address'

function partsOfAddress(order: readonly Row[]): readonly Row[] {
  return order.filter(({ key }) => key.startsWith(`${ADDRESS}.`) && !key.startsWith(`${ADDRESS}.point`))
}

function useIsUsed(): (row: Row) => boolean {
  const { rules, open } = useMapping()
  return ({ key }) => isMapped(ruleOf(rules, key)) || open.has(key)
}

/** All suggestions at once: those that are sure enough. */
function SuggestionBar(): ReactElement | null {
  const { t } = useWords()
  const { open, adopt } = useMapping()
  const all = [...open.values()]
  const sure = sureOnes(all)
  if (all.length === 0) return null
  return (
    <div className={css.bar}>
      {sure.length > 0 && (
        <>
          <span>{t('mapper.adoptCount', { count: sure.length })}</span>
          <Button size="small" type="primary" onClick={() => adopt(sure)}>
            {t('mapper.adoptAll')}
          </Button>
        </>
      )}
      {all.length > sure.length && (
        <span className={css.faint}>{t('mapper.adoptUnsure', { count: all.length - sure.length })}</span>
      )}
    </div>
  )
}

function Outcome(): ReactElement | null {
  const { t, language } = useWords()
  const { trial, samples } = useMapping()
  if (!trial || samples.length === 0) return null
  const [problem] = trial.problems
  if (problem) return <span className={css.todo}>{problem.message[language]}</span>
  const bad = samples.filter(({ id }) => trial.documents.get(id)?.ok !== true).length
  return bad === 0 ? (
    <span className={css.good}>
      <CheckCircleFilled aria-hidden /> {t('mapper.allGood', { count: samples.length })}
    </span>
  ) : (
    <span className={css.bad}>
      <ExclamationCircleFilled aria-hidden /> {t('mapper.someBad', { bad, count: samples.length })}
    </span>
  )
}

function SampleHead(props: {
  sample: Sample
  document: TriedDocument | undefined
  isWhole: boolean
  onDrop: () => void
}): ReactElement {
  const { t, language } = useWords()
  const { sample, document, isWhole } = props
  return (
    <span className={css.sample}>
      <span className={css.sampleName} title={sample.name}>
        {shortName(sample)}
      </span>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined aria-hidden />}
        aria-label={t('mapper.dropSample', { name: sample.name })}
        onClick={props.onDrop}
      />
      {document &&
        (document.ok ? (
          <span className={css.good}>{t('mapper.good')}</span>
        ) : isWhole ? (
          <Popover
            trigger="click"
            title={t('mapper.whyBad')}
            content={
              <ul className={css.faults}>
                {document.problems.map(({ field, message, messageEn }) => (
                  <li key={field}>{language === 'zh' ? message : messageEn}</li>
                ))}
              </ul>
            }
          >
            <button type="button" className={css.badButton}>
              {t('mapper.bad', { count: document.problems.length })}
            </button>
          </Popover>
        ) : (
          <span className={css.faint}>{t('mapper.unfinished')}</span>
        ))}
    </span>
  )
}
