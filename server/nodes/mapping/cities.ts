import type { Point } from '../../workflow/order.ts'
import rows from './cities.json' with { type: 'json' }
import { type Province, provinceByCode, provinceNamed } from './provinces.ts'

export interface City {
  readonly code: string
  /** 杭州市, 恩施土家族苗族自治州 */
  readonly name: string
  /** 杭州, 恩施 */
  readonly stem: string
  readonly province: Province
  readonly point: Point
}

const PEOPLES = '回|藏|布依|苗|侗|土家|朝鲜|蒙古|羌|彝|柯尔克孜|哈萨克|哈尼|壮|傣|白|景颇|傈僳|黎'
const ENDING = new RegExp(`(?:(?:(?:${PEOPLES})族?)+自治[州县]|特别行政区|市|地区|盟|林区|县)$`)

const cities = rows.map(row => {
  const [code, name, lng, lat] = row as [string, string, number, number]
  const province = provinceByCode(code)
  if (!province) throw new Error(`cities.json: no province for ${code} ${name}`)
  return {
    code,
    name,
    stem: name.replace(ENDING, ''),
    province,
    point: Object.freeze({ lng, lat }),
  } satisfies City
})

/** Written out: 杭州市, 伊犁哈萨克自治州, 伊犁州. A county-level 恩施市 is not 恩施州, so 市 is only added to cities. */
const written = new Map<string, City>()
const stems = new Map<string, City>()
for (const city of cities) {
  stems.set(city.stem, city)
  const endings = city.name.endsWith('州') ? ['州', '自治州'] : city.name.endsWith('县') ? ['县'] : []
  for (const ending of endings) written.set(city.stem + ending, city)
  written.set(city.name, city)
}

const MAX_NAME_LENGTH = 12

/** The city a text begins with, written out (杭州市) or not (杭州), within a province where one is known. */
export function cityAtStart(
  text: string,
  form: 'written' | 'stem',
  province?: Province,
): { city: City; length: number } | undefined {
  const names = form === 'written' ? written : stems
  for (let length = Math.min(MAX_NAME_LENGTH, text.length); length >= 2; length--) {
    const city = names.get(text.slice(0, length))
    if (city && (!province || city.province === province)) return { city, length }
  }
  return undefined
}

/** Centre of a city by the names on an address; of the province where that is a city itself. Shared, never changed. */
export function pointOfCity(province: string, city: string): Point | undefined {
  const found = written.get(city) ?? stems.get(city)
  if (found) return found.point
  const home = provinceNamed(province) ?? provinceNamed(city)
  return home?.isCity ? stems.get(home.short)?.point : undefined
}
