import { createHash } from 'node:crypto'
import type { Action, ActionAnswer, ActionBodies } from '../kit/action.ts'
import { ConnectorError } from '../kit/fault.ts'
import { listOf, recordOf, textOf } from '../kit/said.ts'
import { callSf, type SfContext } from './client.ts'
import { DUPLICATE_ORDER, NO_SUCH_ORDER } from './faults.ts'
import type { SfCredentials, SfSettings } from './settings.ts'

type Reverse = ActionBodies['reverse']
const LONGEST_ORDER_ID = 64
const MAIN_WAYBILL = '1'
const REFUSED_BY_FILTER = '3'

/** Has SF fetch a return by EXP_RECE_CREATE_REVERSE_ORDER. Its order id is our key, so that the second try is known to SF. */
export const reverse: Action<Reverse, SfSettings, SfCredentials> = {
  isRepeatable: true,
  async perform(call, context) {
    demandReadable(call.body.from)
    const orderId = orderIdOf(call.key)
    try {
      return answerOf(
        await callSf(context, 'EXP_RECE_CREATE_REVERSE_ORDER', bodyOf(orderId, call.body, context), 'write'),
      )
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.fault.code !== DUPLICATE_ORDER) throw error
      const earlier = await find(orderId, context)
      if (!earlier) throw error
      return earlier
    }
  },
  ask: (call, context) => find(orderIdOf(call.key), context),
}

/** A courier cannot ring at a door that is hidden: SF would take the order all the same. */
function demandReadable({ name, phone, detail }: Reverse['from']): void {
  if (/[*＊]/.test(`${phone}${detail}`) || name.trim() === '' || phone.trim() === '')
    throw new ConnectorError({
      class: 'business',
      code: 'MASKED',
      said: '买家的姓名、电话或地址被平台遮盖，平台也没有给出明文，请联系买家自己寄回',
    })
}

/** Keys beyond what SF takes are shortened, the same way every time. */
const orderIdOf = (key: string) =>
  key.length <= LONGEST_ORDER_ID ? key : createHash('sha256').update(key).digest('hex')

function bodyOf(orderId: string, { lines, from, to }: Reverse, { settings }: SfContext): object {
  const { expressTypeId = 2, payMethod = '2', monthlyCard, bizTemplateCode } = settings
  return {
    language: 'zh-CN',
    orderId,
    cargoDetails: lines.map(line => ({ name: line.sku, count: line.quantity, cargoSku: line.sku })),
    contactInfoList: [
      { contactType: 1, ...contactOf(from) },
      { contactType: 2, ...contactOf(to) },
    ],
    expressTypeId,
    payMethod: Number(payMethod),
    ...(monthlyCard && { monthlyCard }),
    ...(bizTemplateCode && { bizTemplateCode }),
  }
}

const contactOf = ({ name, phone, province, city, district, detail }: Reverse['from']) => ({
  contact: name,
  mobile: phone,
  province,
  city,
  county: district,
  address: detail,
})

/**
 * Asks by EXP_RECE_SEARCH_ORDER_RESP. Whether returns are looked for as such (`searchType` 2) or as any order (1)
 * is not documented: both are tried.
 */
async function find(orderId: string, context: SfContext): Promise<ActionAnswer | null> {
  for (const searchType of ['2', '1']) {
    try {
      return answerOf(await callSf(context, 'EXP_RECE_SEARCH_ORDER_RESP', { orderId, searchType }, 'read'))
    } catch (error) {
      if (!(error instanceof ConnectorError) || !NO_SUCH_ORDER.has(error.fault.code ?? '')) throw error
    }
  }
  return null
}

function answerOf(told: Readonly<Record<string, unknown>>): ActionAnswer {
  const filterResult = textOf(told.filterResult)
  if (filterResult === REFUSED_BY_FILTER)
    throw new ConnectorError({
      class: 'business',
      code: `filterResult ${filterResult}`,
      said: textOf(told.remark) || '顺丰不收派这个地址',
    })
  const waybills = listOf(told.waybillNoInfoList).map(recordOf)
  const main = waybills.find(each => textOf(each.waybillType) === MAIN_WAYBILL) ?? waybills[0]
  const waybill = textOf(main?.waybillNo)
  return {
    orderId: textOf(told.orderId),
    carrier: 'sf',
    // Without a number a person at SF still has to say yes.
    ...(waybill === '' ? { isAwaitingSf: true } : { waybill }),
  }
}
