import { splitAddress } from '../split-address.ts'
import type { MoneyUnits } from './money.ts'
import { type Candidate, candidatesOf } from './score.ts'
import { shareOf } from './shapes.ts'
import type { SourceField } from './source-fields.ts'
import { LEAST, type Suggestion, suggestionFor } from './suggestion.ts'

/** Parts where the source has parts; else one line that is split. A line that repeats the province is a whole address. */
export function addressSuggestions(fields: readonly SourceField[], unitOf: MoneyUnits): Suggestion[] {
  const parts = ['address.province', 'address.city', 'address.district'].flatMap(
    to => suggestionFor(to, candidatesOf(to, fields), unitOf) ?? [],
  )
  const lines = candidatesOf('address', fields).filter(({ score }) => score >= LEAST)
  const details = candidatesOf('address.detail', fields)
  const hasProvince = parts.some(({ to }) => to === 'address.province')
  const detail = suggestionFor(
    'address.detail',
    hasProvince ? details.filter(({ field }) => (shareOf(field.values, 'address-line') ?? 0) < 0.5) : details,
    unitOf,
  )
  if (hasProvince && detail) return [...parts, detail]
  const whole = suggestionFor('address', lines, unitOf)
  if (whole) return [...parts, joinedAddress(whole, lines[0], details) ?? whole]
  return detail ? [...parts, detail] : parts
}

/** A line that ends with the district, put together with the street that stands elsewhere. */
function joinedAddress(
  whole: Suggestion,
  region: Candidate | undefined,
  details: readonly Candidate[],
): Suggestion | undefined {
  const isRegionOnly = region?.field.values.every(
    value => typeof value !== 'string' || splitAddress(value).detail === '',
  )
  const street = details.find(({ field, score }) => field !== region?.field && score >= LEAST)
  if (!region || !isRegionOnly || !street) return undefined
  const template = `{${region.field.path}} {${street.field.path}}`
  const { from: _, ...field } = whole.field
  return {
    ...whole,
    field: { ...field, transforms: [{ use: 'template', template }, { use: 'splitAddress' }] },
    reason: {
      zh: `「${region.field.key}」到区县为止，接上「${street.field.key}」`,
      en: `"${region.field.key}" ends with the district; "${street.field.key}" goes on`,
    },
  }
}
