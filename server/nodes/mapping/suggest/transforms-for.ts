import type { Text } from '../../../workflow/text.ts'
import type { ItemFieldMapping } from '../mapping.ts'
import type { TargetType } from '../targets.ts'
import type { MoneyUnit, MoneyUnits } from './money.ts'
import { isEmptyValue, shareOf } from './shapes.ts'
import type { SourceField } from './source-fields.ts'

type Transforms = NonNullable<ItemFieldMapping['transforms']>

interface Suited {
  readonly transforms: Transforms
  /** What a person should know about the choice; not `sure` where it has to be looked at. */
  readonly note?: { readonly words: Text; readonly sure: boolean }
}

/** The transforms that bring the values of a field into the type of its target. */
export function transformsFor(to: string, type: TargetType, field: SourceField, unitOf: MoneyUnits): Suited {
  if (to === 'phone') return { transforms: [{ use: 'phone' }] }
  if (to === 'channel')
    return { transforms: [{ use: 'trim' }, { use: 'codes', table: CHANNELS, keep: true }] }
  switch (type) {
    case 'money':
      return money(unitOf(field))
    case 'instant':
      return { transforms: [dateOf(field)] }
    case 'boolean':
      return { transforms: [{ use: 'boolean' }] }
    case 'address':
      return { transforms: [{ use: 'splitAddress' }] }
    case 'text':
      return {
        transforms:
          field.values.every(value => typeof value === 'number') && field.values.length > 0
            ? []
            : [{ use: 'trim' }],
      }
    default:
      return { transforms: [] }
  }
}

function money({ unit, sure }: MoneyUnit): Suited {
  if (unit === 'yuan') {
    const words = {
      zh: sure ? '以元计' : '看着以元计，请核对',
      en: sure ? 'in yuan' : 'in yuan, it seems; please check',
    }
    return { transforms: [{ use: 'yuan' }], note: { words, sure } }
  }
  const words = {
    zh: sure ? '以分计' : '看着以分计，请核对',
    en: sure ? 'in fen' : 'in fen, it seems; please check',
  }
  return { transforms: [], note: { words, sure } }
}

/** The form of time the values of a field have. */
export function dateOf({ values }: SourceField): Transforms[number] {
  const told = values.filter(value => !isEmptyValue(value) && Number(value) !== 0)
  if ((shareOf(told, 'datetime') ?? 0) >= 0.5) return { use: 'date' }
  if ((shareOf(told, 'epoch-ms') ?? 0) > 0) return { use: 'date', format: 'epoch-ms' }
  if ((shareOf(told, 'epoch-seconds') ?? 0) > 0) return { use: 'date', format: 'epoch-seconds' }
  return { use: 'date' }
}

const CHANNELS: Readonly<Record<string, string>> = {
  淘宝: 'taobao',
  天猫: 'tmall',
  拼多多: 'pinduoduo',
  抖音: 'douyin',
  抖店: 'douyin',
  微信: 'wechat',
  微信小店: 'wechat',
  视频号: 'wechat',
  京东: 'jd',
  阿里巴巴: '1688',
}
