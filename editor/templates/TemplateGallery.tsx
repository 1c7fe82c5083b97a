import { ArrowLeftOutlined, LayoutOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import type { Template } from '../api/draft-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { nodeTypesQuery } from '../workflows/queries.ts'
import { GraphMiniature } from './GraphMiniature.tsx'
import { templatesQuery } from './queries.ts'
import css from './TemplateGallery.module.css'
import { TemplatePanel } from './TemplatePanel.tsx'

/** 模板: workflows that are made and proven, to begin with. The one in the address is open. */
export function TemplateGallery(): ReactElement {
  const { t } = useWords()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const templates = useQuery(templatesQuery)
  const types = useQuery(nodeTypesQuery)
  const open = templates.data?.items.find(({ id }) => id === search.get('template'))
  const failure = templates.error ?? types.error
  return (
    <>
      <PageHead title={t('templates.title')} beside={t('templates.intro')}>
        <Button icon={<ArrowLeftOutlined aria-hidden />} onClick={() => void navigate('/workflows')}>
          {t('workflows.back')}
        </Button>
      </PageHead>
      {templates.data && types.data ? (
        templates.data.items.length === 0 ? (
          <Notice picture={<LayoutOutlined aria-hidden />} text={t('templates.none')} />
        ) : (
          <ul className={css.gallery} aria-label={t('templates.title')}>
            {templates.data.items.map(template => (
              <li key={template.id}>
                <TemplateCard
                  template={template}
                  manifests={types.data.items}
                  onOpen={() => setSearch({ template: template.id })}
                />
              </li>
            ))}
          </ul>
        )
      ) : failure ? (
        <Failed failure={failure} onRetry={() => void Promise.all([templates.refetch(), types.refetch()])} />
      ) : (
        <Loading rows={8} />
      )}
      <TemplatePanel template={open} manifests={types.data?.items ?? []} onClose={() => setSearch({})} />
    </>
  )
}

function TemplateCard(props: {
  template: Template
  manifests: readonly NodeManifest[]
  onOpen: () => void
}): ReactElement {
  const { t, say } = useWords()
  const { template, manifests, onOpen } = props
  const name = say(template.name)
  return (
    <article className={css.card}>
      <div className={css.picture}>
        <GraphMiniature graph={template.preview} manifests={manifests} />
      </div>
      <h2 className={css.name}>
        <button type="button" className={css.open} onClick={onOpen}>
          {name}
        </button>
      </h2>
      <p className={css.text}>{say(template.description)}</p>
      <p className={css.proof}>
        {t('templates.proven', { count: template.cases.length })} ·{' '}
        {t('templates.nodes', { count: template.preview.nodes.length })}
      </p>
    </article>
  )
}
