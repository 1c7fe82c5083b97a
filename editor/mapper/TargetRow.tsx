import { BulbOutlined, CloseOutlined } from '@ant-design/icons'
import { useDroppable } from '@dnd-kit/core'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { Row } from './language.ts'
import { fitsInto, useMapping } from './mapper-state.ts'
import { PreviewCells } from './PreviewCells.tsx'
import { RowMenu } from './RowMenu.tsx'
import { ITEMS, isEntry, isMapped, placeOf, ruleOf, sourcesOf, withRule } from './rules.ts'
import { SourcePicker } from './SourcePicker.tsx'
import { Sources } from './Sources.tsx'
import { StepChips } from './StepChips.tsx'
import type { SourceNode } from './source-tree.ts'
import { type Suggestion, sureOnes } from './suggestions.ts'
import css from './TargetRow.module.css'

/** One unified field: what it is read from, how it is changed, and what comes out. */
export function TargetRow(props: {
  row: Row
  isMissing: boolean
  dragged: SourceNode | undefined
}): ReactElement {
  const { t, say } = useWords()
  const { row, dragged } = props
  const { rules, picked, put, open, trial } = useMapping()
  const { setNodeRef, isOver } = useDroppable({ id: row.key, data: { row } })
  const rule = ruleOf(rules, row.key)
  const name = say(row.target.name)
  const suggestion = open.get(row.key)
  const held = dragged ?? picked
  const takes = held !== undefined && fitsInto(held, row)
  const place = placeOf(rules, row.key)
  // The list's own problems; those of its fields stand at the fields.
  const problems = (trial?.problems ?? []).filter(
    ({ at }) => place !== undefined && `${at}/`.startsWith(`${place}/`) && !at.startsWith(`${place}/fields`),
  )
  const isRead = sourcesOf(rule).length > 0
  return (
    <fieldset
      ref={setNodeRef}
      data-field={row.key}
      className={`${css.row} ${takes ? css.takes : ''} ${isOver ? (takes ? css.over : css.refuses) : ''}`}
    >
      <legend className={css.legend}>{name}</legend>
      <div className={css.name} aria-hidden>
        <span className={css.nameText} title={name}>
          {name}
        </span>
        <NeedMark row={row} isMissing={props.isMissing} />
      </div>
      <div className={css.made}>
        <div className={css.chips}>
          {row.key === ITEMS ? <ItemList row={row} /> : <Sources row={row} />}
          {row.key !== ITEMS && <StepChips row={row} />}
          {suggestion && !isMapped(rule) && <Ghost suggestion={suggestion} name={name} />}
        </div>
        <span className={css.tools}>
          {picked && fitsInto(picked, row) ? (
            <>
              <Button
                size="small"
                type="primary"
                ghost
                data-put
                aria-label={t('mapper.putHere', { name })}
                onClick={() => put(picked, row)}
              >
                {t('mapper.putHereShort')}
              </Button>
              {isRead && (
                <Button size="small" onClick={() => put(picked, row, true)}>
                  {t('mapper.alsoPut')}
                </Button>
              )}
            </>
          ) : (
            <SourcePicker row={row} />
          )}
          {row.key !== ITEMS && <RowMenu row={row} />}
        </span>
        {problems.map(({ code, at, message }) => (
          <p key={`${code} ${at}`} className={css.problem}>
            {say(message)}
          </p>
        ))}
      </div>
      <PreviewCells row={row} />
    </fieldset>
  )
}

/** That a field is needed, as long as it is empty. Fields of entries are missed once there is a list of them. */
function NeedMark({ row, isMissing }: { row: Row; isMissing: boolean }): ReactElement | null {
  const { t } = useWords()
  const { rules } = useMapping()
  const { need } = row.target
  if (isMissing) return <span className={css.missing}>{t('mapper.missing')}</span>
  if (need === 'may' || !isEntry(row.key) || isMapped(ruleOf(rules, ITEMS))) return null
  return <span className={css.need}>{t(need === 'must' ? 'mapper.must' : 'mapper.should')}</span>
}

function ItemList({ row }: { row: Row }): ReactElement | null {
  const { t } = useWords()
  const { rules, change } = useMapping()
  const each = ruleOf(rules, row.key)?.each
  if (each === undefined) return null
  const words = each === '$' ? t('mapper.flat') : each
  return (
    <span className={css.source} title={words}>
      <span className={css.path}>{words}</span>
      <button
        type="button"
        className={css.cross}
        aria-label={t('mapper.removeSource', { name: words })}
        onClick={() => change(withRule(rules, row.key, () => undefined))}
      >
        <CloseOutlined aria-hidden />
      </button>
    </span>
  )
}

/** What is suggested for an empty field, plainly not there yet, with the reason. */
function Ghost({ suggestion, name }: { suggestion: Suggestion; name: string }): ReactElement {
  const { t, say } = useWords()
  const { adopt } = useMapping()
  const { field, reason } = suggestion
  const source = sourcesOf(field).join(' / ') || String(field.transforms?.[0]?.template ?? '')
  const from = field.each === '$' ? t('mapper.flat') : (field.each ?? source)
  const isSure = sureOnes([suggestion]).length > 0
  return (
    <span className={css.ghost}>
      <BulbOutlined aria-hidden />
      <span className={css.ghostFrom} title={from}>
        {from}
      </span>
      <Button
        size="small"
        aria-label={t('mapper.adoptOne', { name })}
        title={say(reason)}
        onClick={() => adopt([suggestion])}
      >
        {t('mapper.adopt')}
      </Button>
      <span className={css.why} title={say(reason)}>
        {!isSure && <b>{t('mapper.unsure')} </b>}
        {say(reason)}
      </span>
    </span>
  )
}
