// `npm run docs`: the reference of all node types as Markdown, printed from their own definitions.
import { nodeTypes } from './nodes/index.ts'
import type { NodeType } from './nodes/node-type.ts'

interface ParamSchema {
  readonly title?: string
  readonly default?: unknown
}

function paramRows({ params }: NodeType): string[] {
  const { properties = {}, required = [] } = params as {
    properties?: Record<string, ParamSchema>
    required?: readonly string[]
  }
  return Object.entries(properties).map(([name, { title = '', default: fallback }]) => {
    const need = required.includes(name)
      ? '必填'
      : fallback === undefined
        ? ''
        : `缺省 ${JSON.stringify(fallback)}`
    return `| \`${name}\` | ${title} | ${need} |`
  })
}

function section(type: NodeType): string {
  const ports = Object.entries(type.ports).map(([id, { zh, en }]) => `\`${id}\` ${zh} / ${en}`)
  const rows = paramRows(type)
  return [
    `## ${type.name.zh} ${type.name.en} \`${type.type}\``,
    type.description.zh,
    type.description.en,
    ports.length > 0 ? `出口 / ports: ${ports.join(' · ')}` : '一次运行在这里结束 / a run ends here',
    ...(rows.length > 0 ? [`| 参数 / param | | |\n|---|---|---|\n${rows.join('\n')}`] : []),
    `例子 / examples: ${type.examples.map(({ title }) => title.zh).join(';')}`,
  ].join('\n\n')
}

console.log(nodeTypes.map(section).join('\n\n'))
