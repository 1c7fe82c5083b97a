import { afterSpaces, endOfWord, type Source } from './source.ts'

export type Comparison = '>=' | '<=' | '>' | '<' | '==' | '!='

/** A way to say something; `isLoose` where people may mean something else by it, so that they are asked. */
export interface Phrase<M> {
  readonly words: string
  readonly means: M
  readonly isLoose?: true
}

/** A phrase found in a text. */
export interface Hit<M> {
  readonly means: M
  readonly end: number
  readonly doubt: number
}

const say = <M>(means: M, words: string): readonly Phrase<M>[] =>
  words.split('|').map(each => ({ words: each, means }))

const sayLoosely = <M>(means: M, words: string): readonly Phrase<M>[] =>
  say(means, words).map(phrase => ({ ...phrase, isLoose: true }))

export const comparisons: readonly Phrase<Comparison>[] = [
  ...say<Comparison>(
    '>=',
    '≥|>=|=>|≧|大于等于|大于或等于|不少于|不小于|不低于|不早于|至少|达到|is not before|at least',
  ),
  ...say<Comparison>(
    '<=',
    '≤|<=|=<|≦|小于等于|小于或等于|不多于|不大于|不超过|不高于|不晚于|至多|最多|is not after|at most',
  ),
  ...say<Comparison>('!=', '≠|!=|<>|不等于'),
  ...say<Comparison>('>', '>|大于|多于|高于|超过|远于|晚于|is after|more than|greater than|after'),
  ...say<Comparison>('<', '<|小于|少于|低于|近于|早于|不足|不到|不满|is before|less than|before'),
  ...say<Comparison>('==', '==|=|等于|equals'),
]

export const equalities: readonly Phrase<boolean>[] = [
  ...say(false, '不是|不为|不等于|≠|!=|<>|is not'),
  ...say(true, '等于|==|=|是|为|is'),
]

export const memberships: readonly Phrase<boolean>[] = [
  ...say(false, '不属于|is not one of|not in'),
  ...say(true, '属于|is one of|one of|in'),
]

export const containments: readonly Phrase<boolean>[] = [
  ...say(false, '不含有|不包含|不含|does not contain'),
  ...say(true, '含有|包含|含|contains'),
]

export const emptiness: readonly Phrase<'empty' | 'given'>[] = [
  ...say<'given'>('given', '不为空|不是空的|不空|非空|is not empty'),
  ...say<'empty'>('empty', '为空|是空的|is empty'),
  ...sayLoosely<'given'>('given', '有值|有内容|已填'),
  ...sayLoosely<'empty'>('empty', '没有值|没填|未填'),
]

export const answers: readonly Phrase<boolean>[] = [
  ...say(true, '=是|==是|是是|为是|:是|是|=true|=yes|√|✓'),
  ...say(false, '=否|==否|是否|为否|:否|否|=false|=no|×|✗'),
]

export const connectives: readonly Phrase<'and' | 'or'>[] = [
  ...say<'and'>('and', '且|并且|而且|同时|&&|&|and'),
  ...say<'or'>('or', '或者|或是|或|or'),
  { words: '||', means: 'or' },
  ...sayLoosely<'and'>('and', '，|,|、|;|；|和|以及|又'),
]

/** All that stands behind a field, or between one comparison and the next. */
export const signs: readonly Phrase<unknown>[] = [
  ...comparisons,
  ...equalities,
  ...memberships,
  ...containments,
  ...emptiness,
  ...connectives,
]

export const negations: readonly Phrase<true>[] = say(true, '并非|不是|并不|非|not')
export const always: readonly Phrase<true>[] = say(true, '总是成立|always')
export const never: readonly Phrase<true>[] = say(true, '从不成立|never')

/** Behind a number: 「500 元以上」. */
export const bounds: readonly Phrase<Comparison>[] = [
  ...sayLoosely<Comparison>('>=', '以上|及以上|起'),
  ...sayLoosely<Comparison>('<=', '以内|以下|及以下|之内'),
]

export const loops: readonly (Phrase<'some' | 'all' | 'none'> & { readonly rest: readonly string[] })[] = [
  { words: '至少一项', means: 'some', rest: ['满足'] },
  { words: 'at least one of', means: 'some', rest: ['has'] },
  { words: '每项', means: 'all', rest: ['都满足', '满足'] },
  { words: 'every one of', means: 'all', rest: ['has'] },
  { words: '没有一项', means: 'none', rest: ['满足'] },
  { words: 'none of', means: 'none', rest: ['has'] },
]

/** Other names of a unit. */
const UNIT_NAMES: readonly (readonly string[])[] = [
  ['km', '公里', '千米', 'kms'],
  ['件', '个', '只', 'pcs', 'pieces', 'pc'],
  ['分钟', '分', 'min', 'mins', 'minutes'],
  ['元', '块', '块钱', '人民币', 'rmb', 'cny', 'yuan'],
  ['小时', '个小时', 'h', 'hours'],
  ['天', '日', 'd', 'days'],
]

export const YUAN = '元'
export const TIMES_TEN_THOUSAND = '万'

export const durationUnits: readonly Phrase<number>[] = [
  ...say(86_400_000, '天|days|d'),
  ...say(3_600_000, '小时|hours|h'),
  ...say(60_000, '分钟|分|min'),
  ...say(1_000, '秒|s'),
]

/** All names of a unit, its own first. */
export function unitNames(unit: string): readonly string[] {
  return [unit, ...(UNIT_NAMES.find(names => names.includes(unit)) ?? [])]
}

/** The phrases that stand at a position, the longest first. */
export function phrasesAt<M>(phrases: readonly Phrase<M>[], source: Source, at: number): readonly Hit<M>[] {
  const from = afterSpaces(source, at)
  return phrases
    .flatMap(({ words, means, isLoose }) => {
      const end = endOfWord(source, from, words)
      return end === undefined ? [] : [{ means, end, doubt: isLoose ? 1 : 0 }]
    })
    .sort((a, b) => b.end - a.end)
}
