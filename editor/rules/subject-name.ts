import { findField, scopeInLoop } from '../../server/workflow/logic/field-scope.ts'
import { useWords } from '../i18n/use-words.ts'
import { distinctName } from './catalog.ts'
import { useSight } from './sight.ts'
import type { Subject } from './tree.ts'

/** Names the left side of a line in words; by its path where nobody named it. */
export function useSubjectName(): (subject: Subject) => string {
  const { t, say } = useWords()
  const { scope, fields, sometimes } = useSight()
  const all = [...fields, ...sometimes]
  const nameAt = (path: string): string => {
    if (path === '') return t('rules.theEntry')
    const field = findField(path, scope)?.field
    if (field) return field.path === path ? distinctName(field, all, { t, say }) : path
    const list = path.endsWith('.length')
      ? findField(path.slice(0, -'.length'.length), scope)?.field
      : undefined
    if (list?.type === 'list') return t('rules.countOf', { list: say(list.name) })
    return list ? t('rules.lengthOf', { field: say(list.name) }) : path
  }
  return subject => {
    switch (subject.kind) {
      case 'field':
        return nameAt(subject.path)
      case 'clock':
        return t('rules.clockOf', { field: nameAt(subject.path) })
      case 'weekday':
        return t('rules.weekdayOf', { field: nameAt(subject.path) })
      case 'sum': {
        const inside = scopeInLoop('some', { var: subject.list }, scope)
        const field = findField(subject.path, inside)?.field
        return t('rules.sumOf', { list: nameAt(subject.list), field: field ? say(field.name) : subject.path })
      }
    }
  }
}
