/** A province-level division of China by the first two digits of its codes. */
export interface Province {
  readonly code: string
  readonly name: string
  /** What people write: 浙江 for 浙江省. */
  readonly short: string
  /** A city that is its own province (直辖市), or one with districts only (香港, 澳门). */
  readonly isCity: boolean
}

const rows: readonly (readonly [code: string, name: string, short: string, isCity?: true])[] = [
  ['11', '北京市', '北京', true],
  ['12', '天津市', '天津', true],
  ['13', '河北省', '河北'],
  ['14', '山西省', '山西'],
  ['15', '内蒙古自治区', '内蒙古'],
  ['21', '辽宁省', '辽宁'],
  ['22', '吉林省', '吉林'],
  ['23', '黑龙江省', '黑龙江'],
  ['31', '上海市', '上海', true],
  ['32', '江苏省', '江苏'],
  ['33', '浙江省', '浙江'],
  ['34', '安徽省', '安徽'],
  ['35', '福建省', '福建'],
  ['36', '江西省', '江西'],
  ['37', '山东省', '山东'],
  ['41', '河南省', '河南'],
  ['42', '湖北省', '湖北'],
  ['43', '湖南省', '湖南'],
  ['44', '广东省', '广东'],
  ['45', '广西壮族自治区', '广西'],
  ['46', '海南省', '海南'],
  ['50', '重庆市', '重庆', true],
  ['51', '四川省', '四川'],
  ['52', '贵州省', '贵州'],
  ['53', '云南省', '云南'],
  ['54', '西藏自治区', '西藏'],
  ['61', '陕西省', '陕西'],
  ['62', '甘肃省', '甘肃'],
  ['63', '青海省', '青海'],
  ['64', '宁夏回族自治区', '宁夏'],
  ['65', '新疆维吾尔自治区', '新疆'],
  ['71', '台湾省', '台湾'],
  ['81', '香港特别行政区', '香港', true],
  ['82', '澳门特别行政区', '澳门', true],
]

const provinces: readonly Province[] = rows.map(([code, name, short, isCity = false]) => ({
  code,
  name,
  short,
  isCity,
}))

const byCode = new Map(provinces.map(province => [province.code, province]))

/** Every way a province is written out, and (`short` only) the bare name that may also begin something else. */
const fullNames = new Map<string, Province>()
const shortNames = new Map<string, Province>()
for (const province of provinces) {
  shortNames.set(province.short, province)
  const ending = province.isCity ? '市' : '省'
  for (const name of [province.name, province.short + ending, `${province.short}自治区`])
    fullNames.set(name, province)
}

export function provinceByCode(code: string): Province | undefined {
  return byCode.get(code.slice(0, 2))
}

export function provinceNamed(name: string): Province | undefined {
  return fullNames.get(name) ?? shortNames.get(name)
}

/** The province a text begins with, written out (浙江省) or not (浙江), and how long it is written. */
export function provinceAtStart(
  text: string,
  form: 'full' | 'short',
): { province: Province; length: number } | undefined {
  const names = form === 'full' ? fullNames : shortNames
  for (let length = Math.min(8, text.length); length >= 2; length--) {
    const province = names.get(text.slice(0, length))
    if (province) return { province, length }
  }
  return undefined
}
