import type { FileReceipt } from '../../api/contract.ts'
import { countText } from '../../format/number.ts'
import type { T } from '../../i18n/i18n.ts'

/** What became of a file, in one sentence. */
export function uploadedText({ accepted, repeated, refused }: FileReceipt, t: T): string {
  return t('connections.uploaded', {
    accepted: countText(accepted),
    repeated: countText(repeated),
    refused: countText(refused.length),
  })
}
