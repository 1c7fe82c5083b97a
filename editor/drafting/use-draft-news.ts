import { useEffect, useRef } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useStore } from '../live/store.ts'
import { useReport } from '../parts/use-report.ts'
import type { Draft } from './draft.ts'

/** Says what became of the draft without the person's doing: others' changes, and what was brought back. */
export function useDraftNews(draft: Draft): void {
  const { t } = useWords()
  const report = useReport()
  const { adopted } = useStore(draft.state)
  const told = useRef(adopted.count)
  useEffect(() => {
    if (adopted.count === told.current) return
    told.current = adopted.count
    report.done(t('drafting.adopted', { by: adopted.by || t('drafting.somebody') }))
  }, [adopted, report, t])
  useEffect(() => {
    if (draft.state.get().broughtBack) report.done(t('drafting.broughtBack'))
  }, [draft, report, t])
}
