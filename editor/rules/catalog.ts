import type { FieldSpec } from '../../server/workflow/field.ts'
import { kindOf } from '../../server/workflow/logic/operand.ts'
import type { T } from '../i18n/i18n.ts'
import { initials } from './pinyin.ts'
import { type Section, sectionOf } from './sections.ts'
import type { Typed } from './subject-type.ts'
import type { Subject } from './tree.ts'

/** Something a line can begin with. */
export interface Choice {
  readonly key: string
  readonly name: string
  readonly section: Section
  readonly typed: Typed
  /** What it reads; absent for a list as such. */
  readonly subject?: Subject
  /** The list whose entries are asked; then `subject` is read from one entry. */
  readonly list?: string
  /** True for what only some of the ways to this node bring. */
  readonly isSometimes: boolean
  /** All that finds it, in lower case. */
  readonly found: string
}

interface Naming {
  readonly t: T
  readonly say: (text: FieldSpec['name']) => string
}

/**
 * Everything a line can begin with: the fields, the sums and counts of lists, the fields of their entries, and
 * what clock and calendar show of an instant.
 */
export function catalog(
  fields: readonly FieldSpec[],
  sometimes: readonly FieldSpec[],
  naming: Naming,
): readonly Choice[] {
  const known = new Set(fields.map(({ path }) => path))
  const more = sometimes.filter(({ path }) => !known.has(path))
  const all = [...fields, ...more]
  return all.flatMap((field, at) => choicesOf(field, at >= fields.length, all, naming))
}

function choicesOf(
  field: FieldSpec,
  isSometimes: boolean,
  all: readonly FieldSpec[],
  naming: Naming,
): readonly Choice[] {
  const { t, say } = naming
  const name = distinctName(field, all, naming)
  const section = sectionOf(field.path)
  const own = (key: string, more: Partial<Choice> & Pick<Choice, 'typed' | 'name'>): Choice => ({
    key,
    section,
    isSometimes,
    found: searchText(more.name, field),
    ...more,
  })
  const subject: Subject = { kind: 'field', path: field.path }
  const typed = typedField(field)
  if (field.type === 'list') return listChoices(field, name, own, naming)
  if (field.type === 'object') return []
  const choices = [own(field.path, { name, typed, subject })]
  if (field.type !== 'instant') return choices
  return [
    ...choices,
    own(`${field.path}#clock`, {
      name: t('rules.clockOf', { field: say(field.name) }),
      typed: { type: 'number', shown: 'clock' },
      subject: { kind: 'clock', path: field.path },
    }),
    own(`${field.path}#weekday`, {
      name: t('rules.weekdayOf', { field: say(field.name) }),
      typed: { type: 'number', shown: 'weekday' },
      subject: { kind: 'weekday', path: field.path },
    }),
  ]
}

type Own = (key: string, more: Partial<Choice> & Pick<Choice, 'typed' | 'name'>) => Choice

function listChoices(field: FieldSpec, name: string, own: Own, { t, say }: Naming): readonly Choice[] {
  const entry = field.entry ?? []
  const count: Choice = own(`${field.path}.length`, {
    name: t('rules.countOf', { list: name }),
    typed: { type: 'number' },
    subject: { kind: 'field', path: `${field.path}.length` },
  })
  const ofEntries = entry.map(each =>
    own(`${field.path}[]${each.path}`, {
      name: t('rules.entryOf', { list: name, field: say(each.name) }),
      typed: typedField(each),
      list: field.path,
      subject: { kind: 'field', path: each.path },
      found: searchText(`${name}${each.name.zh}`, each),
    }),
  )
  const sums = entry
    .filter(each => kindOf(each.type) === 'number' && !/price/i.test(each.path))
    .map(each =>
      own(`${field.path}+${each.path}`, {
        name: t('rules.sumOf', { list: name, field: say(each.name) }),
        typed: { type: each.type, unit: each.unit, field: each },
        subject: { kind: 'sum', list: field.path, path: each.path },
      }),
    )
  const whole: Choice = own(field.path, {
    name: t('rules.entriesOf', { list: name }),
    typed: { type: 'list', field },
    list: field.path,
  })
  return [...ofEntries, ...sums, count, whole]
}

export function typedField(field: FieldSpec): Typed {
  const { type, unit, shown, options, optional, personal, open } = field
  return { type: open ? 'any' : type, unit, shown, options, optional, personal, field }
}

/** Where several fields are called the same, each says what it belongs to, as its neighbours are called. */
export function distinctName(
  field: FieldSpec,
  all: readonly FieldSpec[],
  { say, t }: Pick<Naming, 'say' | 't'>,
): string {
  const name = say(field.name)
  const isShared = all.some(other => other !== field && say(other.name) === name)
  const owner = isShared ? commonStart(neighbours(field, all).map(other => say(other.name))) : ''
  return owner === '' ? name : t('rules.nameOfOwner', { name, owner })
}

function neighbours(field: FieldSpec, all: readonly FieldSpec[]): readonly FieldSpec[] {
  const above = field.path.slice(0, field.path.lastIndexOf('.') + 1)
  return all.filter(other => other !== field && above !== '' && other.path.startsWith(above))
}

/** What most names begin with: the longest beginning at least half of them share. */
function commonStart(names: readonly string[]): string {
  const [best = ''] = names
    .flatMap(name => [...name].map((_, at) => name.slice(0, at + 1)))
    .filter(
      start =>
        start.trim().length > 1 && names.filter(name => name.startsWith(start)).length * 2 > names.length,
    )
    .sort((a, b) => b.length - a.length)
  return best.trim()
}

export function searchText(name: string, { path, name: both }: FieldSpec): string {
  return [name, both.zh, both.en, path, initials(name), initials(both.zh)].join('\n').toLowerCase()
}
