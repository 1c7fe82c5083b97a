import type { Text } from '../../workflow/text.ts'
import type { FieldProblem } from '../../world/world.ts'

/** Every way a field can be wrong, in words that follow the field's name. */
export const faults = {
  MISSING: { zh: '没有值，请补上', en: 'has no value; fill it in' },
  NOT_A_TEXT: { zh: '不是文字', en: 'is not a text' },
  NOT_A_NUMBER: { zh: '不是数字', en: 'is not a number' },
  NOT_AN_INTEGER: { zh: '不是整数', en: 'is not a whole number' },
  NUMBER_TOO_LARGE: {
    zh: '数字过大，已失去精度，请按文字导出',
    en: 'is too large to be exact; export it as text',
  },
  NOT_AN_AMOUNT: { zh: '不是金额，应为 119.00 这样的数', en: 'is not an amount such as 119.00' },
  TOO_MANY_DECIMALS: {
    zh: '小数超过两位，换算不成整数分',
    en: 'has more than two decimals, which is no whole number of fen',
  },
  NOT_A_DATE: { zh: '不是有效的时间', en: 'is not a valid time' },
  DATE_OUT_OF_RANGE: {
    zh: '时间不在 1990 至 2100 年之间，请检查格式（秒或毫秒）',
    en: 'is not between 1990 and 2100; check its format (seconds or milliseconds)',
  },
  NOT_A_PHONE: { zh: '不是电话号码', en: 'is not a phone number' },
  NOT_A_BOOLEAN: { zh: '看不出是「是」还是「否」', en: 'is neither a yes nor a no' },
  UNKNOWN_CODE: { zh: '不在对照表里，请补充对照表', en: 'is not in the code table; add it there' },
  ADDRESS_UNCLEAR: { zh: '分不出省市区', en: 'shows no province and city' },
  NOT_A_LIST: { zh: '不是列表', en: 'is not a list' },
  NOT_AN_OBJECT: { zh: '不是一行明细', en: 'is not an entry with fields' },
  TOO_MANY: { zh: '超过 1,000 行', en: 'has more than 1,000 entries' },
  MIXED_SIGNS: {
    zh: '有正有负，分不清是销售还是退货，请拆成两单',
    en: 'are partly negative: neither a sale nor a return; split the order',
  },
  TOO_LONG: { zh: '太长', en: 'is too long' },
  TOO_SMALL: { zh: '太小', en: 'is too small' },
  TOO_LARGE: { zh: '太大', en: 'is too large' },
  NOT_ALLOWED: { zh: '不是允许的值', en: 'is not an allowed value' },
} satisfies Record<string, Text>

export type FaultCode = keyof typeof faults

/** What a transform answers instead of a value. A class, since `instanceof` is the cheapest way to tell it from one. */
export class Fault {
  readonly code: FaultCode
  constructor(code: FaultCode) {
    this.code = code
  }
}

// One object per code: a batch of bad orders allocates nothing for its faults.
const made = Object.fromEntries(
  Object.keys(faults).map(code => [code, new Fault(code as FaultCode)]),
) as Readonly<Record<FaultCode, Fault>>

export function fault(code: FaultCode): Fault {
  return made[code]
}

/** @param from where in the source the value stood; the value itself may be private and is not repeated */
export function fieldProblem(field: string, name: Text, code: FaultCode, from?: string): FieldProblem {
  const { zh, en } = faults[code]
  return {
    field,
    code,
    message: `${name.zh}${from ? `（来源 ${from}）` : ''}${zh}`,
    messageEn: `${name.en}${from ? ` (from ${from})` : ''} ${en}`,
  }
}
