import { closest } from '../closest.ts'
import type { Problem } from '../problem.ts'
import type { CheckContext, Rule } from './context.ts'

export const duplicateIds: Rule = ({ graph }) => {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { id } of graph.nodes) {
    if (seen.has(id)) repeated.add(id)
    seen.add(id)
  }
  return [...repeated].map(id => ({
    code: 'DUPLICATE_ID',
    severity: 'error',
    node: id,
    message: {
      zh: `有几个节点的编号都是「${id}」，请给其中的换一个编号`,
      en: `Several nodes have the id "${id}"; give each its own`,
    },
  }))
}

export const unknownTypes: Rule = ({ nodes, definitions }) =>
  [...nodes.values()].flatMap(({ node, definition, name }): Problem[] => {
    if (definition) return []
    const meant = closest(node.type, definitions.keys())
    return [
      {
        code: 'UNKNOWN_TYPE',
        severity: 'error',
        node: node.id,
        message: {
          zh: `节点「${name.zh}」的类型「${node.type}」不存在${meant ? `，是不是「${meant}」？` : '，请换一个类型'}`,
          en: `Node "${name.en}" is of the type "${node.type}", which does not exist${meant ? `; did you mean "${meant}"?` : '; choose another'}`,
        },
      },
    ]
  })

export const triggers: Rule = ({ triggers: found, nodes }) => {
  if (found.length === 1) return []
  if (found.length === 0) {
    // A node of unknown type may have been meant as the trigger: that is told already.
    if ([...nodes.values()].some(({ definition }) => !definition)) return []
    const message = { zh: '流程没有起点，请放上一个触发节点', en: 'The workflow has no start; add a trigger' }
    return [{ code: 'NO_TRIGGER', severity: 'error', message }]
  }
  const names = {
    zh: found.map(each => each.name.zh).join('」「'),
    en: found.map(each => each.name.en).join('", "'),
  }
  return found.slice(1).map(({ node }) => ({
    code: 'SEVERAL_TRIGGERS',
    severity: 'error',
    node: node.id,
    message: {
      zh: `流程只能有一个起点，这里有：「${names.zh}」。请只留一个`,
      en: `A workflow has one start, this one has: "${names.en}". Keep one`,
    },
  }))
}

/** Nodes no order can come to. They do no harm, so they may be published. */
export const unreachable: Rule = ({ nodes, reachable, triggers: starts }: CheckContext) => {
  if (starts.length === 0) return []
  return [...nodes.values()]
    .filter(({ node }) => !reachable.has(node.id))
    .map(({ node, name }) => ({
      code: 'UNREACHABLE',
      severity: 'warning',
      node: node.id,
      message: {
        zh: `没有连线通到「${name.zh}」，订单走不到这里。请从起点连过来，或删掉它`,
        en: `No way leads from the start to "${name.en}"; connect it or remove it`,
      },
    }))
}
