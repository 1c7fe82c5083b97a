import { closest } from '../closest.ts'
import type { Problem } from '../problem.ts'
import type { WorkflowEdge } from '../workflow.ts'
import type { CheckContext, NodeView, Rule } from './context.ts'

export const edgeEnds: Rule = context => context.graph.edges.flatMap(edge => checkEnds(edge, context))

function checkEnds(edge: WorkflowEdge, { nodes }: CheckContext): readonly Problem[] {
  const from = nodes.get(edge.from)
  const to = nodes.get(edge.to)
  const problems: Problem[] = []
  if (!from) problems.push(missingNode(edge.from, nodes.keys(), to && edge.to))
  if (!to) problems.push(missingNode(edge.to, nodes.keys(), from && edge.from))
  if (from?.ports && !Object.hasOwn(from.ports, edge.port)) problems.push(missingPort(edge, from))
  if (to?.definition?.kind === 'trigger') problems.push(intoTrigger(edge, to))
  return problems
}

function missingNode(id: string, ids: Iterable<string>, node: string | undefined): Problem {
  const meant = closest(id, ids)
  return {
    code: 'EDGE_WITHOUT_NODE',
    severity: 'error',
    ...(node === undefined ? {} : { node }),
    message: {
      zh: `有一条连线的节点「${id}」不存在${meant ? `，是不是「${meant}」？` : '，请删掉这条连线'}`,
      en: `An edge names the node "${id}", which does not exist${meant ? `; did you mean "${meant}"?` : '; remove the edge'}`,
    },
  }
}

function missingPort({ from, port }: WorkflowEdge, { name, ports = {} }: NodeView): Problem {
  const names = Object.keys(ports)
  return {
    code: 'EDGE_WITHOUT_PORT',
    severity: 'error',
    node: from,
    port,
    message: {
      zh: `节点「${name.zh}」没有出口「${port}」${names.length > 0 ? `，可用的出口：${names.join('、')}` : '，它是流程的终点，请删掉这条连线'}`,
      en: `Node "${name.en}" has no port "${port}"; ${names.length > 0 ? `its ports are: ${names.join(', ')}` : 'it ends the run, remove the edge'}`,
    },
  }
}

function intoTrigger({ from, port }: WorkflowEdge, { name }: NodeView): Problem {
  return {
    code: 'EDGE_INTO_TRIGGER',
    severity: 'error',
    node: from,
    port,
    message: {
      zh: `连线不能回到起点「${name.zh}」，请把它连到别的节点`,
      en: `An edge cannot lead back to the start "${name.en}"; connect it to another node`,
    },
  }
}

export const repeatedEdges: Rule = ({ graph, nodes }) => {
  const seen = new Set<string>()
  return graph.edges.flatMap(({ from, port, to }): Problem[] => {
    const key = JSON.stringify([from, port, to])
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    const name = nodes.get(from)?.name ?? { zh: from, en: from }
    return [
      {
        code: 'REPEATED_EDGE',
        severity: 'error',
        node: from,
        port,
        message: {
          zh: `「${name.zh}」的出口「${port}」到「${to}」连了两次，订单会走两遍。请删掉一条`,
          en: `"${name.en}" is joined twice by port "${port}" to "${to}"; an order would go there twice. Remove one`,
        },
      },
    ]
  })
}

export const openPorts: Rule = ({ nodes }) =>
  [...nodes.values()].flatMap(({ node, name, ports = {}, out }) => {
    const joined = new Set(out.map(({ port }) => port))
    return Object.entries(ports)
      .filter(([port]) => !joined.has(port))
      .map(
        ([port, words]): Problem => ({
          code: 'PORT_WITHOUT_EDGE',
          severity: 'error',
          node: node.id,
          port,
          message: {
            zh: `节点「${name.zh}」的出口「${words.zh}」没有连线，请把它连到下一步或连到「结束」`,
            en: `Port "${words.en}" of node "${name.en}" leads nowhere; connect it to the next step or to an end`,
          },
        }),
      )
  })

export const cycles: Rule = ({ cycles: found, nodes }) =>
  found.map(cycle => {
    const names = [...cycle, cycle[0]!].map(id => nodes.get(id)?.name ?? { zh: id, en: id })
    return {
      code: 'CYCLE',
      severity: 'error',
      node: cycle[0],
      message: {
        zh: `${names.map(({ zh }) => `「${zh}」`).join('→')} 绕成了一圈，订单会一直转下去。请删掉其中一条连线`,
        en: `${names.map(({ en }) => `"${en}"`).join(' → ')} is a circle an order would never leave; remove one of its edges`,
      },
    }
  })
