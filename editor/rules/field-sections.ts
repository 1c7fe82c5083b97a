import type { FieldSpec } from '../../server/workflow/field.ts'
import { formatValue } from '../../server/workflow/words.ts'
import type { WordsInUse } from '../i18n/use-words.ts'
import type { Choice } from './catalog.ts'
import type { Pick as Choosable, PickSection } from './picking.ts'
import { likelihood, type Section, sections } from './sections.ts'
import type { Typed } from './subject-type.ts'
import { entriesOf, realValue } from './verdict.ts'

const sectionWords = {
  stock: 'rules.sectionStock',
  parcel: 'rules.sectionParcel',
  order: 'rules.sectionOrder',
  buyer: 'rules.sectionBuyer',
  items: 'rules.sectionItems',
  dedup: 'rules.sectionDedup',
  decision: 'rules.sectionDecision',
  task: 'rules.sectionTask',
  event: 'rules.sectionEvent',
  source: 'rules.sectionSource',
  other: 'rules.sectionOther',
} as const satisfies Record<Section, string>

const typeWords = {
  string: 'rules.typeString',
  number: 'rules.typeNumber',
  money: 'rules.typeMoney',
  boolean: 'rules.typeBoolean',
  instant: 'rules.typeInstant',
  duration: 'rules.typeDuration',
  list: 'rules.typeList',
  object: 'rules.typeObject',
  any: 'rules.typeAny',
} as const

/** The field list: the likeliest on top, then group by group, each with its type and what the sample holds there. */
export function fieldSections(
  choices: readonly Choice[],
  samples: readonly unknown[],
  words: Naming,
): readonly PickSection[] {
  const { t } = words
  const picks = new Map(choices.map(choice => [choice.key, pickOf(choice, samples, words)]))
  const likely = choices
    .filter(({ key, isSometimes }) => likelihood(key) !== undefined && !isSometimes)
    .sort((a, b) => likelihood(a.key)! - likelihood(b.key)!)
  const isTop = likely.length > 0 && choices.length > likely.length
  const top = isTop ? likely.slice(0, MOST_LIKELY) : []
  const grouped = sections.flatMap(section => {
    const own = choices.filter(choice => choice.section === section && !top.includes(choice))
    return own.length === 0
      ? []
      : [{ title: t(sectionWords[section]), picks: own.map(({ key }) => picks.get(key)!) }]
  })
  if (!isTop) return grouped
  return [{ title: t('rules.sectionLikely'), picks: top.map(({ key }) => picks.get(key)!) }, ...grouped]
}

const MOST_LIKELY = 8

type Naming = Pick<WordsInUse, 't' | 'say'>

function pickOf(choice: Choice, samples: readonly unknown[], words: Naming): Choosable {
  const { key, name, found, typed, isSometimes } = choice
  const hint = isSometimes ? words.t('rules.sometimes') : typeHint(typed, words)
  const value = sampleWords(choice, samples, words)
  return { key, name, found, hint, ...(value !== undefined && { value }) }
}

export function typeHint({ type, unit, shown }: Typed, { t, say }: Naming): string {
  if (shown) return t(shown === 'clock' ? 'rules.typeClock' : 'rules.typeWeekday')
  const word = t(typeWords[type])
  return unit ? t('rules.typeWithUnit', { type: word, unit: say(unit) }) : word
}

function sampleWords(
  { subject, list, typed }: Choice,
  samples: readonly unknown[],
  words: Naming,
): string | undefined {
  const [data] = list === undefined ? samples : entriesOf(list, samples)
  if (data === undefined || !subject) return undefined
  return valueWords(realValue(subject, data), typed, words)
}

/** A real value as people read it. */
export function valueWords(value: unknown, typed: Typed, { say }: Pick<WordsInUse, 'say'>): string {
  const { type, unit, shown, options } = typed
  // A sample comes masked already; masked twice nothing of it could be recognized.
  const personal = typed.personal === true && !String(value).includes('*')
  return say(formatValue(value, { unit, shown, options, personal, ...(type !== 'any' && { type }) }))
}

/** Leaves of the source document of the sample, as fields of no known type. */
export function sourceFields(data: unknown, open: FieldSpec): readonly FieldSpec[] {
  const found: FieldSpec[] = []
  const walk = (value: unknown, path: string, depth: number): void => {
    if (found.length >= MOST_LEAVES || depth > MOST_LEVELS) return
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value).slice(0, MOST_LEAVES)) {
        if (!key.includes('.')) walk(inner, `${path}.${key}`, depth + 1)
      }
    } else found.push(sourceField(path))
  }
  walk((data as Readonly<Record<string, unknown>> | undefined)?.[open.path], open.path, 0)
  return found
}

const MOST_LEAVES = 80
const MOST_LEVELS = 5

/** A path of the source document: nobody named it, so it goes by its path. */
export function sourceField(path: string): FieldSpec {
  return { path, type: 'string', name: { zh: path, en: path }, open: true }
}
