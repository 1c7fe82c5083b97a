import { paidFen } from '../stage/channel-order.ts'
import type { Fed } from '../stage/feed.ts'
import { describeSet } from '../stage/sets.ts'
import type { Telling } from '../stage/telling.ts'
import type { OrderView, QuarantineView } from '../stage/views.ts'
import type { DouyinPushes } from './douyin-pushes.ts'
import type { Kind, StoryOrder } from './orders.ts'
import { isToldByPlatform } from './platforms.ts'
import { nameInQuarantine, nameOf, type Shelves } from './shelves.ts'

/** What the product made of the story, and what was there before. */
export interface Found {
  readonly list: readonly OrderView[]
  readonly merged: readonly OrderView[]
  readonly quarantine: readonly QuarantineView[]
  /** What it answered to the script. */
  readonly fed: Fed
  readonly before: Shelves
  readonly after: Shelves
  readonly pushes: DouyinPushes
}

/** What must hold, by the story's own knowledge of what it made. */
export function checkOutcome(telling: Telling, documents: readonly StoryOrder[], found: Found): void {
  const { list, merged, quarantine, fed, before, pushes } = found
  const count = (kind: Kind) => documents.filter(each => each.kind === kind).length
  const malformed = documents.filter(each => each.kind === 'malformed')
  /** A claim about two lists that must hold the same. */
  const same = (zh: string, en: string, seen: readonly string[], expected: readonly string[]) => {
    const difference = describeSet(seen, expected)
    telling.check({ zh, en }, difference === '', difference)
  }

  const knownEvents = new Set(before.events.map(each => each.id))
  telling.check(
    { zh: '抖店的每次推送都收下了', en: 'Every push of Douyin was taken' },
    pushes.lost() === 0,
    `${pushes.lost()} were not`,
  )
  const posted = documents.filter(each => !isToldByPlatform(each))
  const fresh = documents.filter(
    each =>
      each.kind !== 'redelivery' &&
      each.defect !== 'cut-off' &&
      (isToldByPlatform(each) || !before.names.has(nameOf(each))),
  )
  same(
    `又来一次的 ${count('redelivery')} 份（推送、窗口重叠）和反复取到的，都只算一次`,
    'What came again, by push or with the next polls, counts once',
    found.after.events.filter(each => !knownEvents.has(each.id)).map(each => each.order),
    fresh.map(each => each.orderKey),
  )
  telling.check(
    {
      zh: `同事的脚本另外推来的 ${posted.length} 份坏数据都有交代：受理或退回`,
      en: "Every document of a colleague's script is accounted for: accepted or refused",
    },
    fed.sent === posted.length && fed.accepted + fed.repeated + fed.refused.length === posted.length,
    JSON.stringify({ ...fed, refused: fed.refused.length }),
  )
  same(
    '截断的 JSON 当场退回并留存',
    'JSON that is cut off is refused at once and kept',
    fed.refused.map(each => each.text),
    malformed.filter(each => each.defect === 'cut-off').map(each => each.text),
  )
  const keepers = documents.filter(each => ['sale', 'late-twin', 'other-items'].includes(each.kind))
  same(
    `清单恰好 ${keepers.length} 单：一单不丢，一单不多，临近但不重复的都在`,
    'The list is exactly right: none lost, none too many, near misses kept',
    list.map(each => each.key),
    keepers.map(each => each.orderKey),
  )
  const duplicates = documents.filter(each => each.kind === 'duplicate')
  same(
    `${duplicates.length} 单重复都并到了正确的原单`,
    'Every duplicate points at the right kept order',
    merged.map(each => `${each.key} → ${each.duplicateOf}`),
    duplicates.map(each => `${each.orderKey} → ${each.duplicateOf}`),
  )
  same(
    '每单的实付金额和下单时间与平台一致，一分不差、一秒不差',
    'What was paid and when it was ordered is what the platforms say, to the fen and the second',
    [...list, ...merged].map(each => `${each.key} ${each.paidFen} ${Date.parse(each.orderedAt)}`),
    [...keepers, ...duplicates].map(
      ({ orderKey, order }) => `${orderKey} ${paidFen(order)} ${order.orderedAt.getTime()}`,
    ),
  )
  const isolated = describeSet(quarantine.map(nameInQuarantine), malformed.map(nameOf))
  telling.check(
    {
      zh: `${malformed.length} 份坏数据都在隔离区，并写明哪里坏`,
      en: 'All malformed documents are in quarantine, each told what is wrong',
    },
    isolated === '' && quarantine.every(each => each.problems.length > 0 && each.problems[0]!.message !== ''),
    isolated,
  )
}
