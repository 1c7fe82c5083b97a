import { parseJson } from '../../server/intake/json.ts'
import { groupBy } from '../kit/group-by.ts'
import type { ParcelReport } from '../kit/parcel.ts'
import type { PushAnswer, PushReply, PushRequest } from '../kit/push.ts'
import { type Fields, listOf, recordOf, textOf } from '../kit/said.ts'
import { isSameSecret } from '../kit/same-secret.ts'
import { sfReport } from './route.ts'
import type { SfCredentials } from './settings.ts'

/**
 * Reads RoutePushService, in its JSON form and in the older one of a form field `content` with XML. SF signs
 * neither: where a push key was agreed on, the address must carry it as `?key=`.
 */
export function readSfPush(request: PushRequest, credentials: SfCredentials): PushAnswer {
  const text = request.body.toString('utf8')
  const xml = xmlOf(text)
  const answers = xml === undefined ? JSON_ANSWERS : XML_ANSWERS
  if (credentials.pushKey && !isSameSecret(request.query.key ?? '', credentials.pushKey))
    return { reply: answers.refused('推送口令不对'), refused: 'the key in the address of the push is wrong' }
  const rows = xml === undefined ? jsonRows(text) : xmlRows(xml)
  if (!rows)
    return { reply: answers.refused('报文格式不对'), refused: 'neither of the two forms of RoutePushService' }
  return { reply: answers.taken, parcels: reportsOf(rows) }
}

function reportsOf(rows: readonly Fields[]): ParcelReport[] {
  const byWaybill = groupBy(rows, row => textOf(row.mailno) || textOf(row.mailNo))
  byWaybill.delete('')
  return [...byWaybill].map(([waybill, own]) => sfReport(waybill, own))
}

function jsonRows(text: string): readonly Fields[] | undefined {
  try {
    const { WaybillRoute } = recordOf(recordOf(parseJson(text)).Body)
    return Array.isArray(WaybillRoute) ? listOf(WaybillRoute).map(recordOf) : undefined
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}

function xmlOf(text: string): string | undefined {
  if (text.trimStart().startsWith('<')) return text
  if (text.trimStart().startsWith('{')) return undefined
  const content = new URLSearchParams(text).get('content') ?? ''
  return content.trimStart().startsWith('<') ? content : undefined
}

const ROUTE = /<WaybillRoute\s([^>]*?)\/?>/g
const ATTRIBUTE = /([A-Za-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
}

/** Routes are elements without content: all they say stands in attributes. */
function xmlRows(xml: string): readonly Fields[] | undefined {
  const rows = [...xml.matchAll(ROUTE)].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(ATTRIBUTE)].map(([, name = '', double, single = '']) => [
        name,
        (double ?? single).replace(/&(?:lt|gt|quot|apos|amp);/g, entity => ENTITIES[entity] ?? entity),
      ]),
    ),
  )
  return rows.length > 0 ? rows : undefined
}

const json = (body: object): PushReply => ({
  status: 200,
  contentType: 'application/json;charset=utf-8',
  body: JSON.stringify(body),
})
const xml = (body: string): PushReply => ({ status: 200, contentType: 'text/xml;charset=utf-8', body })

const JSON_ANSWERS = {
  taken: json({ return_code: '0000', return_msg: '成功' }),
  refused: (why: string) => json({ return_code: '1000', return_msg: why }),
}
const XML_ANSWERS = {
  taken: xml('<Response service="RoutePushService"><Head>OK</Head></Response>'),
  refused: (why: string) =>
    xml(`<Response service="RoutePushService"><Head>ERR</Head><ERROR code="4001">${why}</ERROR></Response>`),
}
