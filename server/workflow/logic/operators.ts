import type { Operator } from './operator.ts'
import { choiceOperators } from './operators/choice.ts'
import { comparisonOperators } from './operators/comparison.ts'
import { dataOperators } from './operators/data.ts'
import { listOperators } from './operators/list.ts'
import { numberOperators } from './operators/number.ts'
import { textOperators } from './operators/text.ts'
import { timeOperators } from './operators/time.ts'

/** The one table of operators: compiler, reference, checker and sentences all read it. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  [
    comparisonOperators,
    choiceOperators,
    dataOperators,
    numberOperators,
    textOperators,
    listOperators,
    timeOperators,
  ].flatMap(Object.entries),
)
