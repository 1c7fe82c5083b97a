import type { Prng } from './prng.ts'

/** Who buys, and where it goes. */
export interface Buyer {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  readonly street: string
  readonly detail: string
}

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const GIVEN = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '磊',
  '强',
  '艳',
  '洁',
  '涛',
  '雨桐',
  '子涵',
  '思远',
  '欣怡',
  '浩然',
  '梦琪',
  '佳宁',
  '一诺',
]

const PLACES: readonly Omit<Buyer, 'name' | 'phone' | 'detail'>[] = [
  { province: '浙江省', city: '杭州市', district: '余杭区', street: '仓前街道' },
  { province: '浙江省', city: '宁波市', district: '鄞州区', street: '首南街道' },
  { province: '上海市', city: '上海市', district: '浦东新区', street: '张江镇' },
  { province: '江苏省', city: '苏州市', district: '姑苏区', street: '平江街道' },
  { province: '江苏省', city: '南京市', district: '鼓楼区', street: '湖南路街道' },
  { province: '湖北省', city: '武汉市', district: '洪山区', street: '关山街道' },
  { province: '广东省', city: '广州市', district: '天河区', street: '石牌街道' },
  { province: '广东省', city: '深圳市', district: '南山区', street: '粤海街道' },
  { province: '四川省', city: '成都市', district: '武侯区', street: '桂溪街道' },
  { province: '北京市', city: '北京市', district: '朝阳区', street: '望京街道' },
]
const ROADS = ['文一路', '学院路', '人民路', '中山路', '科技大道', '滨江路', '和平街', '建设路']

// Digits are spread so that neighbouring buyers do not get neighbouring phones; 700,000,001 is odd and no
// multiple of 5, so no two numbers below 10^9 meet.
const spread = (number: number) => (number * 700_000_001) % 1_000_000_000

/**
 * A made-up buyer. Buyers of different numbers have different phones.
 * @param number below 12,000,000
 */
export function inventBuyer(prng: Prng, number: number): Buyer {
  const name = prng.pick(SURNAMES) + prng.pick(GIVEN)
  const place = prng.pick(PLACES)
  const detail = `${prng.pick(ROADS)}${prng.int(1, 999)}号${prng.int(1, 30)}幢${prng.int(1, 28)}${String(prng.int(1, 4)).padStart(2, '0')}室`
  return {
    name,
    phone: `1${prng.pick(['3', '5', '7', '8', '9'])}${String(spread(number)).padStart(9, '0')}`,
    ...place,
    detail,
  }
}
