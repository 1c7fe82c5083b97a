import { HistoryOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactElement, useState } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import type { VersionSummary } from '../api/draft-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Notice } from '../parts/Notice.tsx'
import { nodeTypesQuery } from '../workflows/queries.ts'
import { DiffCanvas } from './DiffCanvas.tsx'
import { diffQuery, type Side, versionsQuery } from './queries.ts'
import { RollBack } from './RollBack.tsx'
import { against } from './sides.ts'
import { VersionHistory } from './VersionHistory.tsx'
import css from './VersionsView.module.css'

/**
 * What was published when, what changed between any two of them, and the ways back.
 * @param props.onRestored another draft, or another version, is in place now
 */
export function VersionsView(props: { workflow: WorkflowDetail; onRestored: () => void }): ReactElement {
  const { t } = useWords()
  const versions = useQuery(versionsQuery(props.workflow.id))
  if (!versions.data)
    return versions.isError ? (
      <Failed failure={versions.error} onRetry={() => void versions.refetch()} />
    ) : (
      <Loading rows={8} />
    )
  if (versions.data.items.length === 0)
    return (
      <Notice
        picture={<HistoryOutlined aria-hidden />}
        title={t('versions.noneTitle')}
        text={t('versions.noneText')}
      />
    )
  return <History {...props} versions={versions.data.items} />
}

function History(props: {
  workflow: WorkflowDetail
  versions: readonly VersionSummary[]
  onRestored: () => void
}): ReactElement {
  const { workflow, versions } = props
  const { t } = useWords()
  const live = workflow.published?.version
  const [chosen, setChosen] = useState<Side>()
  const [from, setFrom] = useState<Side>()
  const to = chosen ?? live ?? versions[0]!.version
  const other = from ?? against(to, versions, live)
  const diff = useQuery(diffQuery(workflow.id, other, to))
  const types = useQuery(nodeTypesQuery)
  const word = (side: Side) => (side === 'draft' ? t('versions.draft') : t('versions.version', { n: side }))
  const failure = diff.error ?? types.error
  return (
    <div className={css.view}>
      <VersionHistory
        versions={versions}
        live={live}
        chosen={to}
        onChoose={side => {
          setChosen(side)
          setFrom(undefined)
        }}
      />
      <div className={css.compared}>
        <div className={css.bar}>
          <span className={css.chosen}>{word(to)}</span>
          <span>{t('versions.comparedWith')}</span>
          <Select<Side>
            size="small"
            className={css.other ?? ''}
            aria-label={t('versions.compareWith')}
            value={other}
            onChange={setFrom}
            options={(['draft', ...versions.map(({ version }) => version)] as const)
              .filter(side => side !== to || side === other)
              .map(side => ({
                value: side,
                label: side === to ? t('versions.nothingBefore') : word(side),
              }))}
          />
          {to !== 'draft' && (
            <span className={css.ways}>
              <RollBack workflow={workflow} versions={versions} version={to} onRestored={props.onRestored} />
            </span>
          )}
        </div>
        {diff.data && types.data ? (
          <div className={css.drawn} aria-busy={diff.isPlaceholderData}>
            <DiffCanvas
              id={diff.isPlaceholderData ? 'before' : `${other}-${to}-${diff.dataUpdatedAt}`}
              diff={diff.data}
              manifests={types.data.items}
              same={other === to ? t('versions.firstText') : t('versions.same')}
              title={
                other === to
                  ? t('versions.firstVersion', { version: word(to) })
                  : t('versions.fromToVersions', { from: word(other), to: word(to) })
              }
            />
          </div>
        ) : failure ? (
          <Failed failure={failure} onRetry={() => void Promise.all([diff.refetch(), types.refetch()])} />
        ) : (
          <Loading rows={8} />
        )}
      </div>
    </div>
  )
}
