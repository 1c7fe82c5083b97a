import type { Text } from '../workflow/text.ts'
import { formatInstant } from '../workflow/words.ts'
import type { ActEffect, Effect, HoldRequest, StockLine } from '../world/world.ts'

/** How places are called in sentences: by their names, by their ids where they have none. */
export interface PlaceNames {
  warehouse(id: string): string
  connection(id: string): string
}

const linesZh = (lines: readonly StockLine[]) =>
  lines.map(({ sku, quantity }) => `${sku} ${quantity} 件`).join('、')
const linesEn = (lines: readonly StockLine[]) =>
  lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ')

/** 「从杭州仓锁定 MILK-1 2 件」 */
export function holdWords({ warehouse, lines }: HoldRequest, names: PlaceNames): Text {
  const place = names.warehouse(warehouse)
  return { zh: `从${place}锁定 ${linesZh(lines)}`, en: `Hold ${linesEn(lines)} at ${place}` }
}

/** What an effect would do to the world, as one sentence. */
export function effectWords(effect: Effect, names: PlaceNames): Text {
  switch (effect.kind) {
    case 'transfer': {
      const [from, to] = [names.warehouse(effect.from), names.warehouse(effect.to)]
      return {
        zh: `从${from}调拨 ${linesZh(effect.lines)} 到${to}，${effect.dueDay} 到货`,
        en: `Transfer ${linesEn(effect.lines)} from ${from} to ${to}, due ${effect.dueDay}`,
      }
    }
    case 'purchase': {
      const supplier = names.connection(effect.supplier)
      return {
        zh: `向「${supplier}」采购 ${linesZh(effect.lines)}${effect.urgent ? '，加急' : ''}`,
        en: `Buy ${linesEn(effect.lines)} from "${supplier}"${effect.urgent ? ', urgently' : ''}`,
      }
    }
    case 'restock': {
      const place = names.warehouse(effect.warehouse)
      return {
        zh: `把 ${linesZh(effect.lines)} 放回${place}`,
        en: `Put ${linesEn(effect.lines)} back in stock at ${place}`,
      }
    }
    case 'task': {
      const { title, assignee, choices } = effect
      const waits = choices.length > 0
      return {
        zh: `给${assignee || '处理人'}建待办「${title}」${waits ? '，等人选择后再继续' : ''}`,
        en: `Create task "${title}"${assignee && ` for ${assignee}`}${waits ? ' and wait for the choice' : ''}`,
      }
    }
    case 'act': {
      const place = names.connection(effect.connection)
      return {
        zh: `经「${place}」${ACTION_WORDS[effect.action].zh}`,
        en: `${ACTION_WORDS[effect.action].en} by way of "${place}"`,
      }
    }
    case 'notify': {
      const host = hostOf(effect.url)
      return { zh: `向 ${host} 发送通知`, en: `Notify ${host}` }
    }
    case 'freeze':
    case 'unfreeze': {
      const [zh, en] = effect.kind === 'freeze' ? ['停售', 'Take off sale'] : ['恢复销售', 'Put back on sale']
      const shops = effect.sellers.map(each => each.name)
      if (shops.length === 0)
        return { zh: `没有店铺可以${zh} ${effect.sku}`, en: `${en} ${effect.sku}: no shop sells` }
      return {
        zh: `在${shops.join('、')}${zh} ${effect.sku}`,
        en: `${en} ${effect.sku} at ${shops.join(', ')}`,
      }
    }
    case 'quarantine': {
      const count = effect.problems.length
      return {
        zh: `放入隔离区，等人修正 ${count} 处问题`,
        en: `Quarantine it until ${count} problem${count === 1 ? ' is' : 's are'} mended`,
      }
    }
    case 'timer': {
      const at = formatInstant(effect.dueAt)
      return { zh: `定时到 ${at} 再继续`, en: `Set a timer for ${at}` }
    }
  }
}

const ACTION_WORDS: Readonly<Record<ActEffect['action'], Text>> = {
  ship: { zh: '上传运单、确认发货', en: 'Tell of the parcel' },
  stock: { zh: '写回库存', en: 'Write stock back' },
  message: { zh: '发送消息', en: 'Send a message' },
  reverse: { zh: '安排上门取退货', en: 'Have a return fetched' },
}

/** The rest of an address may hold a secret. */
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url.slice(0, 60))
