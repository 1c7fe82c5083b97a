import type { Carrier } from '../kit/carriers.ts'

/** Numbers JD gives carriers, as far as public clients of its shop interface agree on them. Only read, never sent. */
const CARRIERS: Readonly<Record<string, Carrier>> = {
  '463': 'yto',
  '465': 'ems',
  '467': 'sf',
  '470': 'sto',
  '1327': 'yunda',
  '1499': 'zto',
  '2087': 'jd',
  '3046': 'deppon',
}

/** Our word for the first of an order's carriers; JD's number where we have none. */
export function jdCarrier(logisticsId: string): string {
  const [first = ''] = logisticsId.split(/[|,;]/)
  return CARRIERS[first.trim()] ?? first.trim()
}
