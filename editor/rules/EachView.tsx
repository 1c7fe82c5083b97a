import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactElement, useMemo } from 'react'
import { rootScope, scopeInLoop } from '../../server/workflow/logic/field-scope.ts'
import { useWords } from '../i18n/use-words.ts'
import { FindingList } from './FindingList.tsx'
import { GroupView } from './GroupView.tsx'
import css from './Line.module.css'
import { Picker } from './Picker.tsx'
import { Seen, type Sight, useBuilder, useSight } from './sight.ts'
import { useSubjectName } from './subject-name.ts'
import type { Each } from './tree.ts'
import { VerdictMark } from './VerdictMark.tsx'
import { entriesOf } from './verdict.ts'

const quantifiers = { some: 'rules.some', all: 'rules.every', none: 'rules.noneOfEntries' } as const

/** A condition asked of the entries of a list: of at least one, of every one, of none. */
export function EachView({ each }: { each: Each }): ReactElement {
  const { t } = useWords()
  const sight = useSight()
  const { replace, remove } = useBuilder()
  const name = useSubjectName()({ kind: 'field', path: each.list })
  const inside = useMemo((): Sight => {
    const scope = scopeInLoop(each.quantifier, { var: each.list }, sight.scope)
    const found = sight.sometimes.find(({ path }) => path === each.list)
    const known = found?.entry && scope.isOpen ? rootScope(found.entry) : scope
    return {
      fields: known.fields,
      sometimes: [],
      scope: known,
      samples: entriesOf(each.list, sight.samples),
      isInList: true,
    }
  }, [sight, each.list, each.quantifier])
  const picks = (['some', 'all', 'none'] as const).map(key => ({ key, name: t(quantifiers[key]) }))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lay its parts out in a row in every browser
    <div className={css.line} role="group" aria-label={name}>
      <div className={css.parts}>
        <Picker
          label={t('rules.quantifier')}
          placeholder={t('rules.choose')}
          chosen={t(quantifiers[each.quantifier])}
          chosenKey={each.quantifier}
          sections={[{ picks }]}
          onPick={key => {
            const quantifier = picks.find(pick => pick.key === key)?.key
            const { source: _, ...rest } = each
            if (quantifier) replace({ ...rest, quantifier })
          }}
        />
        <span>{t('rules.entriesMeet', { list: name })}</span>
        <span className={css.end}>
          <VerdictMark node={each} />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t('rules.removeLine', { line: name })}
            onClick={() => remove(each.id)}
          />
        </span>
      </div>
      <FindingList of={each.id} />
      <Seen value={inside}>
        <GroupView group={each.inner} level="list" />
      </Seen>
    </div>
  )
}
