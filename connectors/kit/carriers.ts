import type { Text } from '../../server/workflow/text.ts'

/** The carriers a shop ships with, and what each platform calls them. A platform's own code may be given instead. */
export const CARRIERS = {
  sf: {
    zh: '顺丰速运',
    en: 'SF Express',
    taobao: 'SF',
    douyin: 'shunfeng',
    wechat: 'SF',
    kuaidi100: 'shunfeng',
  },
  yto: { zh: '圆通速递', en: 'YTO', taobao: 'YTO', douyin: 'yuantong', wechat: 'YTO', kuaidi100: 'yuantong' },
  zto: {
    zh: '中通快递',
    en: 'ZTO',
    taobao: 'ZTO',
    douyin: 'zhongtong',
    wechat: 'ZTO',
    kuaidi100: 'zhongtong',
  },
  sto: { zh: '申通快递', en: 'STO', taobao: 'STO', douyin: 'shentong', wechat: 'STO', kuaidi100: 'shentong' },
  yunda: { zh: '韵达快递', en: 'Yunda', taobao: 'YUNDA', douyin: 'yunda', wechat: 'YD', kuaidi100: 'yunda' },
  jt: {
    zh: '极兔速递',
    en: 'J&T',
    taobao: 'JTSD',
    douyin: 'jtexpress',
    wechat: 'JTSD',
    kuaidi100: 'jtexpress',
  },
  jd: { zh: '京东物流', en: 'JD Logistics', taobao: 'JD', douyin: 'jd', wechat: 'JD', kuaidi100: 'jd' },
  ems: { zh: '邮政 EMS', en: 'EMS', taobao: 'EMS', douyin: 'ems', wechat: 'EMS', kuaidi100: 'ems' },
  deppon: {
    zh: '德邦快递',
    en: 'Deppon',
    taobao: 'DBKD',
    douyin: 'debangwuliu',
    wechat: 'DB',
    kuaidi100: 'debangwuliu',
  },
} as const satisfies Readonly<
  Record<string, Text & Readonly<Record<'taobao' | 'douyin' | 'wechat' | 'kuaidi100', string>>>
>

export type Carrier = keyof typeof CARRIERS
/** Whose words a carrier's code is in. */
export type CarrierWords = 'taobao' | 'douyin' | 'wechat' | 'kuaidi100'

/** The code of a carrier in a platform's words; a code that is not ours is taken to be the platform's. */
export function carrierCode(carrier: string, words: CarrierWords): string {
  return Object.hasOwn(CARRIERS, carrier) ? CARRIERS[carrier as Carrier][words] : carrier
}

/** Our word for a platform's code or name of a carrier; its own where we have none. */
export function carrierOf(said: string): string {
  const wanted = said.trim().toLowerCase()
  const known = Object.entries(CARRIERS).find(([id, names]) =>
    [id, ...Object.values(names)].some(name => name.toLowerCase() === wanted),
  )
  return known?.[0] ?? said
}
