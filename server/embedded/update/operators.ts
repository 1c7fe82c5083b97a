import { addToSet, pop, pull, pullAll } from './array-modifiers.ts'
import type { Modifier } from './modifier.ts'
import { changeBits, increment, multiplyBy } from './number-modifiers.ts'
import { push } from './push.ts'
import { currentDate, extreme, setOnInsert, setTo, unset } from './value-modifiers.ts'

/** Update operators by name; each makes the modifier of one path. `$rename` has two paths and a file of its own. */
export const OPERATORS: Readonly<Record<string, (operand: unknown, path: string) => Modifier>> = {
  $set: setTo,
  $setOnInsert: setOnInsert,
  $unset: unset,
  $inc: increment,
  $mul: multiplyBy,
  $min: operand => extreme(-1, operand),
  $max: operand => extreme(1, operand),
  $currentDate: currentDate,
  $bit: changeBits,
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
}
