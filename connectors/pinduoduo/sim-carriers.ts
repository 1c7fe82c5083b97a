import { carrierOf } from '../kit/carriers.ts'

/** The list of carriers as `pdd.logistics.companies.get` answers it; the numbers are made up but for 44. */
export const simulatedCompanies = [
  { available: 1, code: 'STO', id: 1, logistics_company: '申通快递' },
  { available: 1, code: 'SF', id: 44, logistics_company: '顺丰快递' },
  { available: 1, code: 'SFTC', id: 345, logistics_company: '顺丰同城' },
  { available: 1, code: 'YTO', id: 85, logistics_company: '圆通快递' },
  { available: 1, code: 'ZTO', id: 115, logistics_company: '中通快递' },
  { available: 1, code: 'EMS', id: 118, logistics_company: 'EMS' },
  { available: 1, code: 'JDKD', id: 120, logistics_company: '京东快递' },
  { available: 1, code: 'YUNDA', id: 121, logistics_company: '韵达快递' },
  { available: 0, code: 'DB', id: 131, logistics_company: '德邦快递' },
  { available: 1, code: 'JTSD', id: 384, logistics_company: '极兔速递' },
] as const

/** The number of a parcel's carrier, whichever word for it the parcel has. */
export function simulatedLogisticsId(carrier: string): number {
  const known = simulatedCompanies.find(
    ({ id, code }) => String(id) === carrier || carrierOf(code) === carrier,
  )
  return known?.id ?? 0
}
