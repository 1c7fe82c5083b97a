import { lazy, type ReactElement, Suspense, useId, useMemo } from 'react'
import { rootScope } from '../../server/workflow/logic/field-scope.ts'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import { type SchemaPart, uiKind } from '../../server/workflow/param-parts.ts'
import type { Problem } from '../../server/workflow/problem.ts'
import { useWords } from '../i18n/use-words.ts'
import { Loading } from '../parts/Loading.tsx'
import { Seen, type Sight } from '../rules/sight.ts'
import { FormId } from './field-props.ts'
import css from './forms.module.css'
import { Params } from './ObjectField.tsx'
import { usePlace } from './place.ts'
import { propertiesOf } from './schema.ts'

const DecisionTable = lazy(async () => ({
  default: (await import('../tables/DecisionTable.tsx')).DecisionTable,
}))

/**
 * The params of a node, asked for as its type's JSON Schema and hints say; a node type needs no form of its own.
 * What was found wrong is told at the param it is wrong with.
 *
 * @param props.onChange gets all params anew; `merge` names what a burst of typing changes, as one step to undo
 */
export function NodeForm(props: {
  manifest: Pick<NodeManifest, 'params'>
  params: Readonly<Record<string, unknown>>
  problems: readonly Problem[]
  onChange: (params: Record<string, unknown>, merge?: string) => void
}): ReactElement {
  const { t } = useWords()
  const id = useId()
  const sight = useSightHere()
  const schema: SchemaPart = props.manifest.params as SchemaPart
  const set = (next: unknown, merge?: string) => props.onChange(next as Record<string, unknown>, merge)
  if (uiKind(schema) === 'decision-table')
    return (
      <Suspense fallback={<Loading rows={4} />}>
        <DecisionTable params={props.params} problems={props.problems} onChange={props.onChange} />
      </Suspense>
    )
  if (propertiesOf(schema).length === 0) return <p className={css.note}>{t('forms.nothingToSet')}</p>
  return (
    <FormId value={id}>
      <Seen value={sight}>
        <div className={css.form}>
          <Params
            path=""
            schema={schema}
            value={props.params}
            beside={{ schema: {}, values: {} }}
            problems={props.problems}
            onChange={set}
          />
        </div>
      </Seen>
    </FormId>
  )
}

function useSightHere(): Sight {
  const { scope, sometimes, sample } = usePlace()
  return useMemo(
    () => ({
      fields: scope,
      sometimes,
      scope: rootScope([...scope, ...sometimes]),
      samples: sample ? [sample.data] : [],
      isInList: false,
    }),
    [scope, sometimes, sample],
  )
}
