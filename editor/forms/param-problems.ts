import type { Problem } from '../../server/workflow/problem.ts'

/** The problems of one param itself. */
export function problemsAt(problems: readonly Problem[], path: string): readonly Problem[] {
  return problems.filter(({ param }) => param === path)
}

/** The problems of a param and all inside it. */
export function problemsIn(problems: readonly Problem[], path: string): readonly Problem[] {
  return problems.filter(({ param }) => param === path || param?.startsWith(`${path}/`))
}

/** The problems of an object that none of its params shows: of the whole, or of params it does not have. */
export function problemsOfWhole(
  problems: readonly Problem[],
  path: string,
  names: readonly string[],
): readonly Problem[] {
  return problems.filter(({ param }) => {
    if (param === undefined) return false
    if (param === path) return true
    const inside =
      path === '' ? param : param.startsWith(`${path}/`) ? param.slice(path.length + 1) : undefined
    return inside !== undefined && inside !== '' && !names.includes(inside.split('/')[0] ?? '')
  })
}
