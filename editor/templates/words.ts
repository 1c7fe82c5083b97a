import type { English } from '../i18n/words.ts'

export const zh = {
  title: '模板',
  intro: '做过、验过的流程。选一个，填几个数，就是自己的草稿。',
  none: '这台服务器上没有模板。',
  drawing: '「{{name}}」的图',
  proven: '{{count, number}} 个用例证明',
  nodes: '{{count, number}} 个节点',
  name: '流程名称',
  use: '用这个模板新建',
  safe: '只是草稿，发布之前不会影响任何订单。',
  missing: '请填「{{what}}」',
  created: '已建好「{{name}}」。先试运行，再发布。',
  createFailed: '没有建成：{{why}}',
}

export const en: English<typeof zh> = {
  title: 'Templates',
  intro: 'Workflows that are made and proven. Take one, fill in a few values, and it is your draft.',
  none: 'There are no templates on this server.',
  drawing: 'Drawing of “{{name}}”',
  proven: 'Proven by {{count, number}} cases',
  proven_one: 'Proven by {{count, number}} case',
  nodes: '{{count, number}} nodes',
  nodes_one: '{{count, number}} node',
  name: 'Name of the workflow',
  use: 'Create from this template',
  safe: 'A draft only: no order is touched before you publish.',
  missing: 'Please give “{{what}}”',
  created: '“{{name}}” is there. Test it, then publish.',
  createFailed: 'Not created: {{why}}',
}
