import type { ActionName } from '../../connectors/kit/action.ts'
import type { ConnectionFacts, World } from '../world/world.ts'
import { StepError } from './step-failure.ts'

const WORDS: Readonly<Record<ActionName, { readonly zh: string; readonly en: string }>> = {
  ship: { zh: '上传运单', en: 'take waybills' },
  stock: { zh: '写库存', en: 'take stock figures' },
  purchase: { zh: '接采购单', en: 'take purchases' },
  message: { zh: '发消息', en: 'send messages' },
  reverse: { zh: '上门取退货', en: 'fetch returns' },
}

/** The connection of that id, which must be able to do it. @throws {StepError} that says what to choose instead */
export function connectionThat(action: ActionName, world: World, id: string): ConnectionFacts {
  const connection = world.connection(id)
  if (connection?.actions?.includes(action)) return connection
  const { zh, en } = WORDS[action]
  throw new StepError('CONNECTION_CANNOT', {
    zh: connection
      ? `连接「${connection.name}」已停用或不能${zh}，请启用它或在节点里另选，然后重试`
      : `没有连接「${id}」，请在「连接」里添加或在节点里另选，然后重试`,
    en: connection
      ? `Connection "${connection.name}" is switched off or cannot ${en}; choose another, then retry`
      : `There is no connection "${id}"; add it or choose another, then retry`,
  })
}
