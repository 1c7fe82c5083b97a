import { Fault } from '../fault.ts'
import { phoneFrom } from '../phone.ts'
import { provinceNamed } from '../provinces.ts'
import { splitAddress } from '../split-address.ts'

/** What a value looks like. One value may look like several things. */
export type Shape =
  | 'mobile'
  | 'phone'
  | 'datetime'
  | 'epoch-seconds'
  | 'epoch-ms'
  | 'decimal'
  | 'integer'
  | 'boolean'
  | 'address-line'
  | 'province'
  | 'city'
  | 'district'
  | 'town'
  | 'person'
  | 'id'
  | 'cipher'
  | 'link'
  | 'text'

const DATE = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|^20\d{6}(?:\d{6}(?:\d{3})?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$/
const LONGEST = 500
const EARLIEST_S = Date.UTC(2005, 0, 1) / 1_000
const LATEST_S = Date.UTC(2060, 0, 1) / 1_000

/** Whether a value says nothing: empty, or the 0 many platforms write for it. */
export function isEmptyValue(value: unknown): boolean {
  return (
    value === '' ||
    value === null ||
    value === undefined ||
    (typeof value === 'string' && value.trim() === '')
  )
}

/** Everything one value looks like; nothing for an empty one. */
export function shapesOf(value: unknown): ReadonlySet<Shape> {
  const shapes = new Set<Shape>()
  if (isEmptyValue(value)) return shapes
  if (typeof value === 'boolean') return shapes.add('boolean')
  if (typeof value === 'number') {
    shapes.add(Number.isInteger(value) ? 'integer' : 'decimal')
    addEpoch(value, shapes)
    if (value >= 13e9 && value < 2e10) shapes.add('mobile').add('phone')
    if (value === 0 || value === 1) shapes.add('boolean')
    if (value >= 100_000) shapes.add('id')
    return shapes
  }
  if (typeof value === 'string') addText(value.trim(), shapes)
  return shapes
}

function addText(written: string, shapes: Set<Shape>): void {
  // Nothing told apart here is long, and long texts are costly to tell apart.
  if (written.length > LONGEST) return void shapes.add('text')
  // Sheets write a quote before what must stay a text.
  const text = written.replace(/^'/, '')
  if (/^https?:\/\//i.test(text)) return void shapes.add('link')
  if (isCipher(text)) return void shapes.add('cipher')
  if (/^(?:是|否|true|false|yes|no|y|n|0|1)$/i.test(text)) shapes.add('boolean')
  if (/^[¥￥]?\s*-?[\d,]+(?:\.\d+)?\s*元?$/.test(text)) {
    shapes.add(/[.¥￥元]/.test(text) ? 'decimal' : 'integer')
    if (/^\d+\.0+$/.test(text)) shapes.add('integer')
    if (/^\d+$/.test(text)) addEpoch(Number(text), shapes)
  }
  if (DATE.test(text)) shapes.add('datetime')
  if (
    /^(?:\+?86[-\s]?|0086)?1[3-9]\d[-\s]?[\d*]{4}[-\s]?\d{4}$/.test(text) ||
    /^1[\d*]{10}$/.test(text) ||
    /^[\d*]*\*{3,}[\d*]*$/.test(text)
  )
    shapes.add('mobile').add('phone')
  else if (/\d{5}/.test(text) && !(phoneFrom(text) instanceof Fault)) shapes.add('phone')
  if (/^[\w./-]{5,64}$/.test(text) && /\d/.test(text) && !/^\d+\.\d*$/.test(text)) shapes.add('id')
  if (/[\u4e00-\u9fff]/.test(text)) addChinese(text, shapes)
  shapes.add('text')
}

function addChinese(text: string, shapes: Set<Shape>): void {
  if (provinceNamed(text)) return void shapes.add('province')
  if (/^[\u4e00-\u9fff]{1,10}(?:市|州|盟|地区)$|^市辖区$/.test(text)) shapes.add('city')
  if (/^[\u4e00-\u9fff]{1,12}(?:区|县|旗|市)$/.test(text)) shapes.add('district')
  if (/^[\u4e00-\u9fff]{1,12}(?:街道|镇|乡)$/.test(text)) shapes.add('town')
  if (text.length >= 6 && splitAddress(text).province !== '') shapes.add('address-line')
  else if (/^[\u4e00-\u9fff][\u4e00-\u9fff·*]{1,3}$/.test(text)) shapes.add('person')
}

function addEpoch(value: number, shapes: Set<Shape>): void {
  if (value > EARLIEST_S && value < LATEST_S) shapes.add('epoch-seconds')
  if (value > EARLIEST_S * 1_000 && value < LATEST_S * 1_000) shapes.add('epoch-ms')
}

/** Encrypted receivers: `~AgAAAA…==~0~`, `##…##`, long base64. Nobody can ship to them. */
function isCipher(text: string): boolean {
  return (
    /^(?:[~#$@]{1,2}).{8,}[~#$]\d*[~#$]?$/.test(text) ||
    /^[A-Za-z0-9+/]{24,}={1,2}$/.test(text) ||
    /^[A-Za-z0-9+/_-]{60,}$/.test(text)
  )
}

/** How many of the values (0 to 1) look like one of the shapes; undefined where all are empty. */
export function shareOf(values: readonly unknown[], ...wanted: readonly Shape[]): number | undefined {
  const said = values.filter(value => !isEmptyValue(value))
  if (said.length === 0) return undefined
  const fitting = said.filter(value => {
    const shapes = shapesOf(value)
    return wanted.some(shape => shapes.has(shape))
  })
  return fitting.length / said.length
}
