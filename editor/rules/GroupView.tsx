import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { EachView } from './EachView.tsx'
import { ExpressionView } from './ExpressionView.tsx'
import { FieldPicker } from './FieldPicker.tsx'
import { FindingList } from './FindingList.tsx'
import css from './Group.module.css'
import { LineView } from './LineView.tsx'
import { begun, lineOf, subgroup, withPart } from './make-line.ts'
import { Picker } from './Picker.tsx'
import { useBuilder } from './sight.ts'
import { edit, type Group, type RuleNode } from './tree.ts'
import { VerdictMark } from './VerdictMark.tsx'

const modes = {
  all: 'rules.allHold',
  any: 'rules.anyHolds',
  notAny: 'rules.noneHolds',
  notAll: 'rules.notAllHold',
} as const

/** Parts joined by and / or, with the ways to add to them. */
export function GroupView(props: {
  group: Group
  level: 'root' | 'nested' | 'list'
  /** Stands at the end of its foot. */
  more?: ReactNode
}): ReactElement {
  const { group, level, more } = props
  const { t } = useWords()
  const { change, replace, remove, focus } = useBuilder()
  const { parts, join, negated = false } = group
  const add = (part: RuleNode, whole: RuleNode = part) =>
    change(tree => edit(tree, group.id, node => (node.kind === 'group' ? withPart(node, whole) : node)), {
      focus: lineOf(part).id,
      isBegun: true,
    })
  const set = (next: Pick<Group, 'join' | 'negated'>) => {
    const { source: _, ...rest } = group
    replace({ ...rest, ...next })
  }
  if (parts.length === 0)
    return (
      <div className={css.group} data-level={level}>
        <FieldPicker
          label={t('rules.field')}
          placeholder={t('rules.firstField')}
          focusAtOnce={focus === group.id}
          onPick={choice => add(begun(choice))}
        />
        {more}
      </div>
    )
  const word = t(join === 'all' ? 'rules.and' : 'rules.or')
  const other = t(join === 'all' ? 'rules.or' : 'rules.and')
  const hasHead = level === 'nested' || negated
  const body = (
    <>
      {hasHead && (
        <div className={css.head}>
          <Picker
            label={t('rules.groupMode')}
            placeholder={t('rules.choose')}
            plain
            chosen={t(modes[modeOf(group)])}
            chosenKey={modeOf(group)}
            sections={[{ picks: MODES.map(key => ({ key, name: t(modes[key]) })) }]}
            onPick={key =>
              set({ join: key === 'all' || key === 'notAll' ? 'all' : 'any', negated: key.startsWith('not') })
            }
          />
          <span className={css.end}>
            <VerdictMark node={group} />
            {level === 'nested' && (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('rules.removeGroup')}
                onClick={() => remove(group.id)}
              />
            )}
          </span>
        </div>
      )}
      {parts.map((part, at) => (
        <Fragment key={part.id}>
          {at > 0 && (
            <button
              type="button"
              className={css.join}
              aria-label={t('rules.joinName', { word, other })}
              title={t('rules.joinName', { word, other })}
              onClick={() => set({ join: join === 'all' ? 'any' : 'all', negated })}
            >
              {word}
            </button>
          )}
          <PartView part={part} />
        </Fragment>
      ))}
      <FindingList of={group.id} />
      <div className={css.foot}>
        <FieldPicker
          label={t('rules.addLine')}
          placeholder={t('rules.addLine')}
          prefix={<PlusOutlined aria-hidden />}
          plain
          onPick={choice => add(begun(choice))}
        />
        <FieldPicker
          label={t('rules.addGroup')}
          placeholder={t('rules.addGroup')}
          prefix={<PlusOutlined aria-hidden />}
          plain
          onPick={choice => {
            const part = begun(choice)
            add(part, subgroup(group, part))
          }}
        />
        {more && <span className={css.end}>{more}</span>}
      </div>
    </>
  )
  return level === 'nested' ? (
    <fieldset className={css.group} data-level={level}>
      <legend className={css.legend}>{t('rules.group')}</legend>
      {body}
    </fieldset>
  ) : (
    <div className={css.group} data-level={level}>
      {body}
    </div>
  )
}

const MODES = ['all', 'any', 'notAny', 'notAll'] as const

function modeOf({ join, negated }: Group): (typeof MODES)[number] {
  if (negated) return join === 'all' ? 'notAll' : 'notAny'
  return join
}

function PartView({ part }: { part: RuleNode }): ReactElement {
  switch (part.kind) {
    case 'line':
      return <LineView line={part} />
    case 'each':
      return <EachView each={part} />
    case 'expression':
      return <ExpressionView expression={part} />
    case 'group':
      return <GroupView group={part} level="nested" />
  }
}
