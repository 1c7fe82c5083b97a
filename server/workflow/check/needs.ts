import type { Problem } from '../problem.ts'
import type { Text } from '../text.ts'
import type { Rule } from './context.ts'
import { covers, givenBy } from './scope.ts'

export const needs: Rule = context => {
  return [...context.nodes.values()].flatMap(({ node, name, definition }): readonly Problem[] => {
    const scope = context.scopes.get(node.id)
    if (!definition || !scope) return []
    return definition.needs
      .filter(need => !covers(scope.always.values(), need))
      .map(need => ({
        code: 'NEED_NOT_MET',
        severity: 'error',
        node: node.id,
        message: needWords(
          name,
          need,
          covers(scope.sometimes.values(), need),
          givenBy(need, context.definitions),
        ),
      }))
  })
}

function needWords(name: Text, need: string, isSometimes: boolean, givers: readonly Text[]): Text {
  const before: Text = {
    zh:
      givers.length > 0
        ? `请让订单先经过「${givers.map(({ zh }) => zh).join('」或「')}」`
        : '请先放上提供它的节点',
    en:
      givers.length > 0
        ? `let orders go through "${givers.map(({ en }) => en).join('" or "')}" first`
        : 'put a node that gives it before this one',
  }
  return isSometimes
    ? {
        zh: `「${name.zh}」要用到 ${need}，但通到它的路线不是每条都有。${before.zh}`,
        en: `"${name.en}" needs ${need}, which not every way that leads to it has; ${before.en}`,
      }
    : {
        zh: `「${name.zh}」要用到 ${need}，这里还没有。${before.zh}`,
        en: `"${name.en}" needs ${need}, which is not there yet; ${before.en}`,
      }
}
