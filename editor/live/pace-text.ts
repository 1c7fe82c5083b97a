import { countText } from '../format/number.ts'
import type { T } from '../i18n/i18n.ts'

/** How fast orders are decided at most: 尽快, or 每秒最多 500 单. */
export function paceText(drainPerSecond: number, t: T): string {
  return drainPerSecond === 0
    ? t('overview.paceFree')
    : t('overview.paceAtMost', { n: countText(drainPerSecond) })
}
