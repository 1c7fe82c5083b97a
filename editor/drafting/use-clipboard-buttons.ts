import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import type { DraftEdits } from './use-draft-edits.ts'

/** Copy and paste by button, for those who do not use the keys; browsers may refuse it to buttons. */
export function useClipboardButtons({ copySelected, pasteText }: DraftEdits) {
  const { t } = useWords()
  const report = useReport()
  return {
    copy() {
      const text = copySelected()
      if (text === undefined) return
      navigator.clipboard.writeText(text).then(
        () => report.done(t('drafting.copied')),
        failure => report.failed(failure, () => t('drafting.copyByKey')),
      )
    },
    paste() {
      navigator.clipboard.readText().then(
        text => {
          if (!pasteText(text)) report.failed(undefined, () => t('drafting.nothingToPaste'))
        },
        failure => report.failed(failure, () => t('drafting.pasteByKey')),
      )
    },
  }
}
