import type { ParcelState } from '../kit/parcel.ts'

/** Words of titles and categories: the codes beside them are not documented. The first that fits decides. */
const WORDS: readonly (readonly [RegExp, ParcelState])[] = [
  [/(?:退|返).*(?:签收|妥投|完成)/, 'returned'],
  [/退货|退回|返单|返回|逆向/, 'returning'],
  [/拒收|拒签|异常|滞留|再投|破损|丢失|取消|终止/, 'exception'],
  [/妥投|签收/, 'signed'],
  [/派送|配送|送货|自提|驿站|快递柜/, 'out-for-delivery'],
  [/揽收|揽件|收货|取件/, 'collected'],
  [/下单|接单|打包|等待/, 'waiting'],
]

/** What a row says of the parcel by its category and its title. */
export const jdlState = (category: string, title: string): ParcelState =>
  WORDS.find(([words]) => words.test(`${category} ${title}`))?.[1] ?? 'in-transit'
