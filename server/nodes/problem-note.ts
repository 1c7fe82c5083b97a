import type { Text } from '../workflow/text.ts'
import type { FieldProblem } from '../world/world.ts'

const MOST_TOLD = 3

/** Problems of one document as a step's note: how many, on which fields, the first ones in words. */
export function problemNote(problems: readonly FieldProblem[]): Record<string, unknown> {
  const told = problems.slice(0, MOST_TOLD)
  return {
    problems: problems.length,
    fields: problems
      .slice(0, 10)
      .map(problem => problem.field)
      .join(', '),
    zh: told.map(problem => problem.message).join('；'),
    en: told.map(problem => problem.messageEn).join('; '),
  }
}

/** The sentence of a step whose note holds problems. */
export function problemWords(note: Readonly<Record<string, unknown>>): Text {
  const { problems, zh, en } = note
  const count = typeof problems === 'number' ? problems : 0
  const more = count > MOST_TOLD
  return {
    zh: `${count} 处不合格：${String(zh ?? '')}${more ? '等' : ''}`,
    en: `${count} ${count === 1 ? 'problem' : 'problems'}: ${String(en ?? '')}${more ? ' and more' : ''}`,
  }
}
