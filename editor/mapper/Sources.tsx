import { CloseOutlined } from '@ant-design/icons'
import { Fragment, type ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { Row } from './language.ts'
import { useMapping } from './mapper-state.ts'
import { ruleOf, sourcesOf, withRule, withSources } from './rules.ts'
import css from './TargetRow.module.css'

/** Where a field is read from; the first with a value counts. */
export function Sources({ row }: { row: Row }): ReactElement {
  const { t } = useWords()
  const { rules, change } = useMapping()
  const sources = sourcesOf(ruleOf(rules, row.key))
  return (
    <>
      {sources.map((path, index) => (
        <Fragment key={path}>
          {index > 0 && <span className={css.orElse}>{t('mapper.orElse')}</span>}
          <span className={css.source} title={path}>
            <span className={css.path}>{shortPath(path)}</span>
            <button
              type="button"
              className={css.cross}
              aria-label={t('mapper.removeSource', { name: path })}
              onClick={() =>
                change(withRule(rules, row.key, rule => withSources(rule, sources.toSpliced(index, 1))))
              }
            >
              <CloseOutlined aria-hidden />
            </button>
          </span>
        </Fragment>
      ))}
    </>
  )
}

const SHOWN_PARTS = 2

/** The end of a path says which field it is; the whole of it is in the hint. */
function shortPath(path: string): string {
  const parts = path.split('.')
  return parts.length > SHOWN_PARTS ? `…${parts.slice(-SHOWN_PARTS).join('.')}` : path
}
