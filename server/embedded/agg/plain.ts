import { BSONRegExp, Double, deserialize, Int32 } from 'bson'
import { isDocument, isLong } from '../bson/document.ts'
import { compileRegex } from '../query/regex.ts'

/** How documents are decoded for expressions: numbers as plain numbers, where they are exact. */
const PLAIN_OPTIONS = { promoteBuffers: false, bsonRegExp: true } as const

/** A document as plain values; a long beyond 2^53 and a Decimal128 keep their BSON type. */
export function decodePlain(raw: Uint8Array): Record<string, unknown> {
  return deserialize(raw, PLAIN_OPTIONS)
}

/** An expression for the library: plain values, with operands in the form it takes them. */
export function toLibrary(expression: unknown): unknown {
  return withOperands(toPlain(expression))
}

/** Operators of one operand, which MongoDB takes in a list of one as well. */
const UNARY = new Set(
  (
    '$size $reverseArray $arrayToObject $objectToArray $first $last $toUpper $toLower $strLenCP $strLenBytes ' +
    '$binarySize $bsonSize $toString $toInt $toLong $toDouble $toDecimal $toBool $toDate $toObjectId $isNumber ' +
    '$year $month $dayOfMonth $hour $minute $second $millisecond $dayOfWeek $dayOfYear $week $isoWeek $isoWeekYear ' +
    '$isoDayOfWeek $sqrt $exp $ln $log10 $sin $cos $tan $asin $acos $atan $bitNot $degreesToRadians ' +
    '$radiansToDegrees $stdDevPop $stdDevSamp'
  ).split(' '),
)

/** Operators of several operands, which MongoDB takes without a list where there is one. */
const LISTS = new Set(['$round', '$trunc'])

function withOperands(expression: unknown): unknown {
  if (Array.isArray(expression)) return expression.map(withOperands)
  if (!isDocument(expression)) return expression
  return Object.fromEntries(
    Object.entries(expression).map(([name, operand]) => {
      if (name === '$literal') return [name, operand]
      const inner = withOperands(operand)
      if (UNARY.has(name) && Array.isArray(inner) && inner.length === 1) return [name, inner[0]]
      return [name, LISTS.has(name) && !Array.isArray(inner) ? [inner] : inner]
    }),
  )
}

/** The same for a part of a command, which was decoded with its exact types; expressions become JavaScript's. */
function toPlain(value: unknown): unknown {
  if (value instanceof Int32 || value instanceof Double) return value.value
  if (isLong(value)) return Number.isSafeInteger(value.toNumber()) ? value.toNumber() : value
  if (value instanceof BSONRegExp) return compileRegex(value.pattern, value.options)
  if (Array.isArray(value)) return value.map(toPlain)
  if (isDocument(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toPlain(item)]))
  return value
}
