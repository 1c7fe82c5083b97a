import { type City, cityAtStart } from './cities.ts'
import { type Province, provinceAtStart } from './provinces.ts'

interface SplitAddress {
  readonly province: string
  readonly city: string
  readonly district: string
  readonly detail: string
}

// What official lists put where a place has no such level.
const PLACEHOLDER =
  /^(?:省直辖县级行政(?:区划|单位)|自治区直辖县级行政(?:区划|单位)|省直辖|市辖区)[\s,\uff0c]*/
// After a bare name these make it part of something else: 上海路, 南京大街, 新乡县.
const NAME_GOES_ON = /^[路街道巷弄县区旗镇乡村]|^[东西南北中大](?:路|街|道)/
const NOT_A_DISTRICT = /(?!^)[路街号弄镇村]|大道|^..+乡|(?:小|社|校|厂|景)区$/
/** Cities without districts: towns stand in their place. */
const TOWN_CITIES = new Set(['441900', '442000', '460400', '620200'])
const GAP = /^[\s,\uff0c]/
const MAX_LINE = 500

/**
 * Splits an address written in one line. Where it names neither province nor city all of it stays in
 * `detail`: what cannot be known is not guessed. County-level cities named without their prefecture
 * (浙江省义乌市…) are given as the city.
 */
export function splitAddress(line: string): SplitAddress {
  if (line.length > MAX_LINE) return { province: '', city: '', district: '', detail: line }
  const text = afterGap(line.replace(/^[\s,\uff0c]*(?:中华人民共和国|中国)/, ''))
  const { province, city, cityName, rest } = placeOf(text)
  if (!province) return { province: '', city: '', district: '', detail: line.trim() }
  const below = afterGap(rest.replace(PLACEHOLDER, ''))
  const district = districtOf(below, city, province)
  return {
    province: province.name,
    city: cityName,
    district,
    detail: afterGap(below.slice(district.length)),
  }
}

interface Place {
  readonly province?: Province
  readonly city?: City
  readonly cityName: string
  readonly rest: string
}

function placeOf(text: string): Place {
  const full = provinceAtStart(text, 'full')
  if (full) return withinProvince(full.province, afterGap(text.slice(full.length)))
  // 吉林市 before 吉林, 海南州 before 海南: a city written out is surer than a bare province.
  const city = cityAtStart(text, 'written')
  if (city) return withCity(city.city, text.slice(city.length))
  // Bare names begin street names too (上海花园, 东方大厦): what follows must be a place as well.
  const short = provinceAtStart(text, 'short')
  if (short && !NAME_GOES_ON.test(text.slice(short.length))) {
    const place = withinProvince(short.province, afterGap(text.slice(short.length)))
    if (isConvincing(place, text, short.length)) return place
  }
  const stem = cityAtStart(text, 'stem')
  if (stem && !NAME_GOES_ON.test(text.slice(stem.length))) {
    const place = stemPlace(stem, text)
    if (isConvincing(place, text, stem.length)) return place
  }
  return { cityName: '', rest: text }
}

function isConvincing(place: Place, text: string, length: number): boolean {
  const { province, city, rest } = place
  if (!province) return false
  return GAP.test(text.slice(length)) || (city && !province.isCity && length < text.length - rest.length)
    ? true
    : districtOf(rest, city, province) !== ''
}

function withinProvince(province: Province, text: string): Place {
  if (province.isCity) return { province, cityName: province.name, rest: withoutRepeat(province, text) }
  const rest = afterGap(text.replace(PLACEHOLDER, ''))
  const found = cityAtStart(rest, 'written', province)
  if (found) return withCity(found.city, rest.slice(found.length))
  const stem = cityAtStart(rest, 'stem', province)
  if (stem && !NAME_GOES_ON.test(rest.slice(stem.length))) return stemPlace(stem, rest)
  const unknown = /^[^\s\d,\uff0c路街道号]{1,10}?(?:自治州|地区|市|盟)/.exec(rest)
  const cityName = unknown?.[0] ?? ''
  return { province, cityName, rest: rest.slice(cityName.length) }
}

function withCity(city: City, rest: string): Place {
  return { province: city.province, city, cityName: city.name, rest: afterGap(rest) }
}

/** 云南省大理市…: the county-level city shares its prefecture's name and stands for both. */
function stemPlace({ city, length }: { city: City; length: number }, text: string): Place {
  const isCountyCity = text[length] === '市' && !city.name.endsWith('市')
  return withCity(city, text.slice(isCountyCity ? 0 : length))
}

/** 北京北京市…, 上海 上海 …: the city repeats the province. */
function withoutRepeat(province: Province, text: string): string {
  for (const name of [province.name, `${province.short}市`]) {
    if (text.startsWith(name)) return afterGap(text.slice(name.length))
  }
  const { short } = province
  return text.startsWith(short) && GAP.test(text.slice(short.length))
    ? afterGap(text.slice(short.length))
    : text
}

function districtOf(text: string, city: City | undefined, province: Province): string {
  if (city && TOWN_CITIES.has(city.code)) return /^[^\s\d]{1,8}?(?:镇|街道|区|乡)/.exec(text)?.[0] ?? ''
  const ending = province.short === '内蒙古' ? /[区县旗市]/g : /[区县市]/g
  for (let match = ending.exec(text); match && match.index < 15; match = ending.exec(text)) {
    const end = districtEnd(text, match.index)
    const name = text.slice(0, end)
    if (/[\s\d,\uff0c]/.test(name) || NOT_A_DISTRICT.test(name)) return ''
    // One character before the ending does for 县 and 区 (和县, 东区), but 市 needs two: 城市花园 is no city.
    if (end - 1 >= (name.endsWith('市') ? 2 : 1)) return name
  }
  return ''
}

/** Where a district's name ends: 赣县区, 沙市区, 津市市 go on for one character. */
function districtEnd(text: string, at: number): number {
  const next = text[at + 1]
  const goesOn = at > 0 && (next === '区' || (next === '市' && text[at] === '市'))
  return at + (goesOn ? 2 : 1)
}

function afterGap(text: string): string {
  return text.replace(/^[\s,\uff0c]+/, '')
}
