import type { Text } from '../../../workflow/text.ts'
import { BEFORE, certainties, compact, itemNames, OTHER_NAME, OTHER_PART, orderNames } from './names.ts'
import { isEmptyValue, type Shape, shareOf } from './shapes.ts'
import type { SourceField } from './source-fields.ts'

/** A source field as one that a target may be read from. */
export interface Candidate {
  readonly field: SourceField
  /** 0 to 1: by its name alone, and with what its values look like. */
  readonly byName: number
  readonly score: number
  readonly reason: Text
}

const certainOfOrder = certainties(orderNames)
const certainOfItem = certainties(itemNames)

/** Keys that only repeat what the key above them says: `province.name`. */
const SAYS_NOTHING = new Set(['name', 'value', 'text', 'str', 'label'])

/** What the values of a target look like, in words, and what they never look like. */
const looks: Readonly<Record<string, { fits: readonly Shape[]; never: readonly Shape[]; words: Text }>> = {
  orderId: {
    fits: ['id', 'integer', 'text'],
    never: ['datetime', 'decimal', 'cipher', 'link', 'boolean', 'address-line'],
    words: { zh: '订单号', en: 'an order number' },
  },
  order_customer_name: {
    fits: ['person'],
    never: ['cipher', 'link', 'datetime', 'decimal', 'mobile', 'address-line', 'boolean'],
    words: { zh: '姓名', en: 'a name' },
  },
  phone: {
    fits: ['mobile', 'phone'],
    never: ['cipher', 'link', 'datetime', 'decimal', 'boolean', 'person', 'address-line'],
    words: { zh: '手机号', en: 'a phone number' },
  },
  address: {
    fits: ['address-line'],
    never: ['cipher', 'link', 'datetime', 'decimal', 'mobile', 'integer'],
    words: { zh: '完整地址', en: 'a whole address' },
  },
  'address.province': {
    fits: ['province'],
    never: ['cipher', 'link', 'datetime', 'decimal', 'integer', 'address-line', 'mobile'],
    words: { zh: '省份', en: 'a province' },
  },
  'address.city': {
    fits: ['city', 'province'],
    never: ['cipher', 'link', 'datetime', 'decimal', 'integer', 'address-line', 'mobile'],
    words: { zh: '城市', en: 'a city' },
  },
  'address.district': {
    fits: ['district'],
    never: ['town', 'cipher', 'link', 'datetime', 'decimal', 'integer', 'address-line', 'mobile', 'province'],
    words: { zh: '区县', en: 'a district' },
  },
  'address.detail': {
    fits: ['text'],
    never: ['town', 'cipher', 'link', 'datetime', 'decimal', 'mobile', 'integer'],
    words: { zh: '街道地址', en: 'a street address' },
  },
  orderedAt: {
    fits: ['datetime', 'epoch-seconds', 'epoch-ms'],
    never: [],
    words: { zh: '时间', en: 'a time' },
  },
  money: {
    fits: ['decimal', 'integer'],
    never: ['datetime', 'cipher', 'link', 'mobile', 'person'],
    words: { zh: '金额', en: 'an amount' },
  },
  quantity: {
    fits: ['integer'],
    never: ['datetime', 'cipher', 'link', 'epoch-seconds', 'person'],
    words: { zh: '件数', en: 'a number of pieces' },
  },
  urgent: {
    fits: ['boolean'],
    never: ['datetime', 'decimal', 'link'],
    words: { zh: '是或否', en: 'a yes or no' },
  },
  sku: {
    fits: ['id', 'text', 'integer'],
    never: ['datetime', 'decimal', 'link', 'cipher'],
    words: { zh: '编码', en: 'a code' },
  },
  text: {
    fits: ['text', 'integer'],
    never: ['cipher', 'link', 'datetime'],
    words: { zh: '文字', en: 'a text' },
  },
}

const looksOf: Readonly<Record<string, string>> = {
  paidAt: 'orderedAt',
  modifiedAt: 'orderedAt',
  paidFen: 'money',
  unitPriceFen: 'money',
}

/** Times and amounts have a form of their own: what has none of it is neither. */
const MUST_FIT = new Set(['orderedAt', 'money', 'quantity', 'address'])

/** The fields a target of the order may be read from, likeliest first. */
export function candidatesOf(target: string, fields: readonly SourceField[]): Candidate[] {
  return ranked(fields, field =>
    scored(
      target,
      field,
      nameCertainty(certainOfOrder, target, field, ofBuyer(target) ? BEFORE.buyer : BEFORE.order),
      true,
    ),
  )
}

/** The same within one entry of the item list. */
export function itemCandidatesOf(target: string, fields: readonly SourceField[]): Candidate[] {
  return ranked(fields, field =>
    scored(target, field, nameCertainty(certainOfItem, target, field, BEFORE.item), false),
  )
}

function ranked(
  fields: readonly SourceField[],
  score: (field: SourceField) => Candidate | undefined,
): Candidate[] {
  return fields
    .map(score)
    .filter(candidate => candidate !== undefined)
    .sort((a, b) => b.score - a.score)
}

function nameCertainty(
  names: ReadonlyMap<string, ReadonlyMap<string, number>>,
  target: string,
  { key, above }: SourceField,
  before: RegExp,
): number {
  const known = names.get(target)
  const own = compact(key)
  const parent = compact(above.at(-1) ?? '')
  if (target === 'order_customer_name' && own === 'name' && OF_BUYER.test(parent)) return 0.9
  const spoken = known?.get(own) ?? known?.get(trimmedName(own)) ?? 0
  const withParent = known?.get(parent + own) ?? 0
  const asParent = SAYS_NOTHING.has(own) && parent !== '' ? (known?.get(parent) ?? 0) : 0
  const direct = Math.max(spoken, withParent, asParent)
  if (direct > 0) return direct
  const bare = known?.get(own.replace(before, '')) ?? 0
  return bare >= SURE_OF_BARE ? bare * 0.9 : 0
}

/** A name shared by many things says too little once a word is taken from it. */
const SURE_OF_BARE = 0.75
const OF_BUYER = /address|receiver|consignee|recipient|contact|收货|收件/

const ofBuyer = (target: string) =>
  target === 'phone' || target === 'order_customer_name' || target.startsWith('address')

/** Prefixes a system puts before all its names. */
function trimmedName(name: string): string {
  return name.replace(/^(?:mask|the|f|c|s)(?=[a-z]{4})|(?:mask|str|string|yuan|fen|cny|元|分)$/g, '')
}

function scored(target: string, field: SourceField, byName: number, inOrder: boolean): Candidate | undefined {
  const kind = looksOf[target] ?? (Object.hasOwn(looks, target) ? target : 'text')
  const look = looks[kind]!
  const values = target === 'sku' ? field.values.filter(value => String(value) !== '0') : field.values
  const fits = fitting(kind, look, values)
  const guessed = byName === 0 ? byShapeAlone(target, values, field) : 0
  if (byName === 0 && guessed === 0) return undefined
  let score = byName === 0 ? guessed : byName
  if (fits === undefined) score *= 0.7
  else if (fits === 0) score *= MUST_FIT.has(kind) ? 0.15 : 0.5
  else score *= 0.85 + 0.15 * fits
  if ((shareOf(values, ...look.never) ?? 0) > 0.4 && !(kind === 'orderId' && fits === 1)) score *= 0.3
  if (OTHER_NAME.test(field.key)) score *= 0.35
  if (inOrder && field.above.some(key => OTHER_PART.test(key))) score *= 0.7
  score *= 0.985 ** field.above.length
  return {
    field,
    byName,
    score: Math.round(score * 1_000) / 1_000,
    reason: reasonOf(field, byName > 0, fits, look.words),
  }
}

function fitting(
  kind: string,
  look: { fits: readonly Shape[] },
  values: readonly unknown[],
): number | undefined {
  // Epoch seconds of 0 mean "not yet" and say nothing about the field.
  const told = kind === 'orderedAt' ? values.filter(value => Number(value) !== 0) : values
  return shareOf(told, ...look.fits)
}

/** What is told by its values whatever it is called: mobile numbers and whole addresses. */
function byShapeAlone(target: string, values: readonly unknown[], { key }: SourceField): number {
  if (OTHER_NAME.test(key) || values.every(isEmptyValue)) return 0
  if (target === 'phone') return (shareOf(values, 'mobile') ?? 0) === 1 ? 0.5 : 0
  if (target === 'address') return (shareOf(values, 'address-line') ?? 0) === 1 ? 0.5 : 0
  return 0
}

function reasonOf(field: SourceField, isNamed: boolean, fits: number | undefined, look: Text): Text {
  const parent = field.above.at(-1)
  const key = SAYS_NOTHING.has(compact(field.key)) && parent ? `${parent}.${field.key}` : field.key
  const named: Text = isNamed
    ? { zh: `名字「${key}」对得上`, en: `the name "${key}" says so` }
    : { zh: '名字看不出', en: 'the name does not say' }
  if (fits === undefined)
    return { zh: `${named.zh}，样例里没有值`, en: `${named.en}; the samples have no value` }
  if (fits === 0)
    return { zh: `${named.zh}，但值不像${look.zh}`, en: `${named.en}, but the values are not ${look.en}` }
  return { zh: `${named.zh}，值像${look.zh}`, en: `${named.en} and the values look like ${look.en}` }
}
