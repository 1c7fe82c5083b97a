import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import type { Problem } from '../../server/workflow/problem.ts'
import { useWords } from '../i18n/use-words.ts'
import { Loading } from '../parts/Loading.tsx'
import { languageQuery } from './language.ts'
import { MapperDrawer } from './MapperDrawer.tsx'
import css from './MappingField.module.css'
import { MappingSummary } from './MappingSummary.tsx'
import { readRules } from './rules.ts'

const Mapper = lazy(async () => ({ default: (await import('./Mapper.tsx')).Mapper }))

/**
 * The fields of a mapping in a narrow form: what they amount to, and the way into the mapper.
 * @param props.value `Mapping['fields']`, or undefined where nothing is mapped yet
 */
export function MappingField(props: {
  value: unknown
  problems: readonly Problem[]
  onChange: (value: unknown, merge?: string) => void
}): ReactElement {
  const { t, say } = useWords()
  const { data: language } = useQuery(languageQuery)
  const [open, setOpen] = useState(false)
  const rules = readRules(props.value)
  return (
    <div className={css.field}>
      <MappingSummary rules={rules} language={language} />
      <Button onClick={() => setOpen(true)}>{t('mapper.open')}</Button>
      {props.problems.length > 0 && (
        <ul className={css.problems}>
          {props.problems.slice(0, SHOWN_PROBLEMS).map(problem => (
            <li key={`${problem.code}/${problem.param}`}>{say(problem.message)}</li>
          ))}
          {props.problems.length > SHOWN_PROBLEMS && (
            <li>{t('mapper.problems', { count: props.problems.length })}</li>
          )}
        </ul>
      )}
      <MapperDrawer open={open} title={t('mapper.title')} onClose={() => setOpen(false)}>
        <Suspense fallback={<Loading rows={12} />}>
          <Mapper rules={rules} onChange={props.onChange} />
        </Suspense>
      </MapperDrawer>
    </div>
  )
}

const SHOWN_PROBLEMS = 3
