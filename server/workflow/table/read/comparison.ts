import type { FieldSpec } from '../../field.ts'
import type { Part, Reader } from './condition.ts'
import { instantsAt, numbersAt, textsAt, type ValueHit } from './constants.ts'
import { fieldsAtText, groupOf } from './fields.ts'
import {
  answers,
  bounds,
  comparisons,
  containments,
  emptiness,
  equalities,
  memberships,
  negations,
  phrasesAt,
} from './lexicon.ts'
import { afterSpaces, endOfWord } from './source.ts'

/** What a comparison begins with: a field, or something counted from one. */
interface Subject {
  readonly rule: unknown
  readonly field: FieldSpec
  readonly end: number
  readonly doubt: number
}

/** Where a text that is not in quotes may end: before a joining word, a closing bracket, a comma. */
const TEXT_STOPS = /\s*\)| (?:且|或|and|or) |\s*(?:并且|而且|或者|&&|\|\||[，,])|且|或|、/g
const LIST_STOPS = /\s*\)| (?:且|或|and|or) |\s*(?:并且|而且|或者|&&|\|\||[，,、/])| 之一|之一|且|或/g
const LIST_JOINTS = ['、', ',', '，', '/', '或者', '或', '和', 'or']
/** Words that may as well begin the next comparison, unless both sides are usual values of the field. */
const JOINING_WORDS: ReadonlySet<string> = new Set(['或者', '或', '和', 'or'])
const ANY_OF = ['之一', '中的一个', '其中之一']
const ENDS: readonly (readonly [operator: string, before: readonly string[], after: readonly string[]])[] = [
  ['starts_with', ['以', 'starts with'], ['开头', '']],
  ['ends_with', ['以', 'ends with'], ['结尾', '']],
]
const MIRRORED: Readonly<Record<string, string>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '==': '==',
  '!=': '!=',
}
const MOST_ENTRIES = 30

/** The comparisons that stand at a position: 「本仓可用 ≥ 需要」, 「不是急单」, 「卖家备注 含「加急」」. */
export function comparisonsAt(at: number, reader: Reader): readonly Part[] {
  const subjects = subjectsAt(at, reader)
  const denied = phrasesAt(negations, reader.source, at).flatMap(({ end }) =>
    subjectsAt(end, reader).flatMap(subject =>
      subject.field.type === 'boolean' ? [part(subject, { '!': subject.rule }, subject.end)] : [],
    ),
  )
  return [...denied, ...subjects.flatMap(subject => saidOf(subject, reader)), ...fromConstant(at, reader)]
}

function saidOf(subject: Subject, reader: Reader): readonly Part[] {
  const empty = emptyOrNot(subject, reader)
  const { type } = subject.field
  if (type === 'boolean') return [...empty, ...truthOf(subject, reader)]
  if (type === 'string') return [...empty, ...textComparisons(subject, reader)]
  if (type === 'list' || type === 'object') return empty
  return [...empty, ...orderComparisons(subject, reader)]
}

/** Fields by name, 「商品项数」, and 「商品 的 数量 合计」. */
function subjectsAt(at: number, reader: Reader): readonly Subject[] {
  const { source, fields } = reader
  return fieldsAtText(source, at, fields).flatMap(({ field, end, doubt }) => {
    const plain: Subject = { rule: { var: field.path }, field, end, doubt }
    return [plain, ...countsOf(field, end, doubt, reader), ...sumsOf(field, end, doubt, reader)]
  })
}

function countsOf(field: FieldSpec, at: number, doubt: number, { source }: Reader): readonly Subject[] {
  const word = field.type === 'list' ? '项数' : field.type === 'string' ? '字数' : undefined
  const end = word === undefined ? undefined : endOfWord(source, afterSpaces(source, at), word)
  if (end === undefined) return []
  const counted: FieldSpec = { path: `${field.path}.length`, type: 'number', name: field.name }
  return [{ rule: { var: counted.path }, field: counted, end, doubt }]
}

function sumsOf(field: FieldSpec, at: number, doubt: number, { source }: Reader): readonly Subject[] {
  if (field.type !== 'list') return []
  const of = endOfWord(source, afterSpaces(source, at), '的') ?? at
  return fieldsAtText(source, of, field.entry ?? []).flatMap(hit => {
    const end = endOfWord(source, afterSpaces(source, hit.end), '合计')
    if (end === undefined || !['number', 'money', 'duration'].includes(hit.field.type)) return []
    const addend = { var: `current.${hit.field.path}` }
    const rule = { reduce: [{ var: field.path }, { '+': [{ var: 'accumulator' }, addend] }, 0] }
    return [{ rule, field: hit.field, end, doubt: doubt + hit.doubt }]
  })
}

function emptyOrNot(subject: Subject, { source }: Reader): readonly Part[] {
  const { rule, field, end } = subject
  // For a number or a yes-or-no, JsonLogic's "not" would take 0 and "no" for empty as well.
  const isPlain = field.type === 'string' || field.type === 'list'
  return phrasesAt(emptiness, source, end).map(phrase => {
    const isEmpty = phrase.means === 'empty'
    const said = isPlain
      ? isEmpty
        ? { '!': rule }
        : { '!!': rule }
      : { [isEmpty ? '==' : '!=']: [rule, null] }
    return part(subject, said, phrase.end, phrase.doubt)
  })
}

function truthOf(subject: Subject, { source }: Reader): readonly Part[] {
  const answered = phrasesAt(answers, source, subject.end).map(({ means, end }) =>
    part(subject, means ? subject.rule : { '!': subject.rule }, end),
  )
  return [...answered, part(subject, subject.rule, subject.end)]
}

function orderComparisons(subject: Subject, reader: Reader): readonly Part[] {
  const { source } = reader
  const plain = phrasesAt(comparisons, source, subject.end).flatMap(({ means, end }) =>
    measuresAt(end, subject, reader).map(value =>
      part(subject, { [means]: [subject.rule, value.value] }, value.end, value.doubt),
    ),
  )
  const isWord = phrasesAt(equalities, source, subject.end).flatMap(({ means, end }) =>
    measuresAt(end, subject, reader).map(value =>
      part(subject, { [means ? '==' : '!=']: [subject.rule, value.value] }, value.end, value.doubt),
    ),
  )
  const bounded = numbersAt(source, subject.end, subject.field).flatMap(value =>
    phrasesAt(bounds, source, value.end).map(({ means, end, doubt }) =>
      part(subject, { [means]: [subject.rule, value.value] }, end, doubt),
    ),
  )
  const within = withinMinutes(subject, reader)
  return [...plain, ...isWord, ...bounded, ...within]
}

/** What something of a field's kind may be compared with: a constant in its unit, or another such field. */
function measuresAt(at: number, { field }: Subject, reader: Reader): readonly ValueHit[] {
  const constants =
    field.type === 'instant' ? instantsAt(reader.source, at) : numbersAt(reader.source, at, field)
  if (constants.length > 0) return constants
  const found = subjectsAt(at, reader).filter(other => isComparable(field, other.field))
  // Several fields of one name: the one beside the field it is compared with is meant.
  const own = found.filter(other => groupOf(other.field) === groupOf(field))
  return (own.length > 0 ? own : found).map(({ rule, end, doubt }) => ({ value: rule, end, doubt }))
}

function isComparable(a: FieldSpec, b: FieldSpec): boolean {
  const isPlain = (type: string) => type === 'number' || type === 'duration'
  return a.type === b.type || (isPlain(a.type) && isPlain(b.type))
}

/** `100 ≤ 距离 < 200`, `5 < 需要`: the constant stands first. */
function fromConstant(at: number, reader: Reader): readonly Part[] {
  const { source } = reader
  // The unit follows from the field, which comes later: the number is read again once it is known.
  return ['number', 'money', 'duration'].flatMap(kind =>
    unitsOf(kind, reader).flatMap(field =>
      numbersAt(source, at, field).flatMap(first =>
        phrasesAt(comparisons, source, first.end).flatMap(sign =>
          subjectsAt(sign.end, reader)
            .filter(subject => subject.field.type === field.type && subject.field.unit?.en === field.unit?.en)
            .flatMap(subject => betweens(first, sign.means, subject, reader)),
        ),
      ),
    ),
  )
}

/** One field for each unit there is. */
function unitsOf(kind: string, { fields }: Reader): readonly FieldSpec[] {
  const numbers = fields.filter(field => field.type === kind)
  return numbers.filter(
    (field, index) => numbers.findIndex(other => other.unit?.en === field.unit?.en) === index,
  )
}

function betweens(first: ValueHit, sign: string, subject: Subject, reader: Reader): readonly Part[] {
  const alone = part(subject, { [MIRRORED[sign] ?? sign]: [subject.rule, first.value] }, subject.end)
  const both = phrasesAt(comparisons, reader.source, subject.end)
    .filter(({ means }) => means === sign && (sign === '<' || sign === '<='))
    .flatMap(({ end }) => numbersAt(reader.source, end, subject.field))
    .map(last => part(subject, { [sign]: [first.value, subject.rule, last.value] }, last.end))
  return [alone, ...both]
}

/** 「下单时间 与 付款时间 相差不超过 30 分钟」 */
function withinMinutes(subject: Subject, reader: Reader): readonly Part[] {
  const { source } = reader
  if (subject.field.type !== 'instant') return []
  return ['与', '和', 'and'].flatMap(word => {
    const after = endOfWord(source, afterSpaces(source, subject.end), word)
    if (after === undefined) return []
    return subjectsAt(after, reader)
      .filter(({ field }) => field.type === 'instant')
      .flatMap(other =>
        ['相差不超过', 'are within'].flatMap(phrase => {
          const from = endOfWord(source, afterSpaces(source, other.end), phrase)
          const value = from === undefined ? undefined : numbersAt(source, from, undefined)[0]
          const end =
            value &&
            ['分钟', 'minutes'].flatMap(
              unit => endOfWord(source, afterSpaces(source, value.end), unit) ?? [],
            )[0]
          if (!value || end === undefined) return []
          return [
            part(subject, { within_minutes: [subject.rule, other.rule, value.value] }, end, other.doubt),
          ]
        }),
      )
  })
}

function textComparisons(subject: Subject, reader: Reader): readonly Part[] {
  return [
    ...equalTexts(subject, reader),
    ...textLists(subject, reader),
    ...containing(subject, reader),
    ...hasAnyOf(subject, reader),
    ...textEnds(subject, reader),
  ]
}

function equalTexts(subject: Subject, reader: Reader): readonly Part[] {
  const { source, fields } = reader
  // In English "is one of" begins as "is" does.
  if (phrasesAt(memberships, source, subject.end).length > 0) return []
  return phrasesAt(equalities, source, subject.end).flatMap(({ means, end }) => {
    const operator = means ? '==' : '!='
    const others = fieldsAtText(source, end, fields)
      .filter(({ field, doubt }) => doubt === 0 && field.type === 'string')
      .map(({ field, end: after }) =>
        part(subject, { [operator]: [subject.rule, { var: field.path }] }, after),
      )
    const texts = textsAt(source, end, subject.field, TEXT_STOPS).map(text =>
      part(subject, { [operator]: [subject.rule, text.value] }, text.end, text.doubt),
    )
    // 「渠道是淘宝或天猫」: a list, where each entry is a usual value of the field.
    const lists = subject.field.options
      ? listsAt(end, subject.field, reader)
          .filter(list => list.values.length > 1)
          .map(list => part(subject, member(subject, list.values, means), list.end, list.doubt))
      : []
    return [...others, ...texts, ...lists]
  })
}

function textLists(subject: Subject, reader: Reader): readonly Part[] {
  return phrasesAt(memberships, reader.source, subject.end).flatMap(({ means, end }) =>
    listsAt(end, subject.field, reader).map(list =>
      part(subject, member(subject, list.values, means), list.end, list.doubt),
    ),
  )
}

function member({ rule }: Subject, values: readonly unknown[], wanted: boolean): unknown {
  const said = { in: [rule, values] }
  return wanted ? said : { '!': said }
}

function containing(subject: Subject, reader: Reader): readonly Part[] {
  const { source } = reader
  return phrasesAt(containments, source, subject.end).flatMap(({ means, end }) => {
    const bare = { ...subject.field, options: undefined }
    const parts = textsAt(source, end, bare, TEXT_STOPS).map(text => {
      const said = { in: [text.value, subject.rule] }
      return part(subject, means ? said : { '!': said }, text.end, text.doubt)
    })
    const any = listsAt(end, bare, reader).flatMap(list =>
      ANY_OF.flatMap(word => {
        const after = endOfWord(source, afterSpaces(source, list.end), word)
        const said = { has_any: [subject.rule, list.values] }
        return after === undefined ? [] : [part(subject, means ? said : { '!': said }, after, list.doubt)]
      }),
    )
    return [...any, ...parts]
  })
}

/** The English for 「含有 … 之一」 has all its words in front. */
function hasAnyOf(subject: Subject, reader: Reader): readonly Part[] {
  const { source } = reader
  const from = endOfWord(source, afterSpaces(source, subject.end), 'has any of')
  if (from === undefined) return []
  return listsAt(from, { ...subject.field, options: undefined }, reader).map(list =>
    part(subject, { has_any: [subject.rule, list.values] }, list.end, list.doubt),
  )
}

function textEnds(subject: Subject, { source }: Reader): readonly Part[] {
  const bare = { ...subject.field, options: undefined }
  return ENDS.flatMap(([operator, befores, afters]) =>
    befores.flatMap((before, index) => {
      const from = endOfWord(source, afterSpaces(source, subject.end), before)
      if (from === undefined) return []
      const after = afters[index] ?? ''
      const stops = after === '' ? TEXT_STOPS : new RegExp(`\\s*${after}`, 'g')
      return textsAt(source, from, bare, stops).flatMap(text => {
        const end = endOfWord(source, afterSpaces(source, text.end), after)
        return end === undefined
          ? []
          : [part(subject, { [operator]: [subject.rule, text.value] }, end, text.doubt)]
      })
    }),
  )
}

interface ListHit {
  readonly values: readonly unknown[]
  readonly end: number
  readonly doubt: number
}

/** 「淘宝、天猫」: every way a list could go on, the longest first. */
function listsAt(at: number, field: FieldSpec, reader: Reader): readonly ListHit[] {
  const { source } = reader
  const found: ListHit[] = []
  let open: readonly ListHit[] = [{ values: [], end: at, doubt: 0 }]
  for (let count = 0; count < MOST_ENTRIES && open.length > 0; count++) {
    const longer = open.flatMap(list =>
      textsAt(source, list.end, field, LIST_STOPS)
        .slice(0, 4)
        .map(text => ({
          values: [...list.values, text.value],
          end: text.end,
          doubt: list.doubt + text.doubt,
        })),
    )
    found.push(...longer)
    open = longer
      .flatMap(list =>
        LIST_JOINTS.flatMap(joint => {
          const end = endOfWord(source, afterSpaces(source, list.end), joint)
          const more = JOINING_WORDS.has(joint) && !field.options ? 1 : 0
          return end === undefined ? [] : [{ ...list, end, doubt: list.doubt + more }]
        }),
      )
      .slice(0, 4)
  }
  return found.toReversed()
}

function part({ doubt }: Subject, rule: unknown, end: number, more = 0): Part {
  return { rule, end, doubt: doubt + more }
}
