import { type ReactElement, useState } from 'react'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import type { Template } from '../api/draft-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { outcomeWord } from '../parts/code-words.ts'
import { SidePanel } from '../parts/SidePanel.tsx'
import { GraphMiniature } from './GraphMiniature.tsx'
import css from './TemplatePanel.module.css'
import { UseTemplate } from './UseTemplate.tsx'

/** One template over the gallery: its drawing, what proves it, and the form that makes a workflow of it. */
export function TemplatePanel(props: {
  template: Template | undefined
  manifests: readonly NodeManifest[]
  onClose: () => void
}): ReactElement {
  const { t, say, language } = useWords()
  const { template, manifests } = props
  // The panel keeps what it shows while it slides away.
  const [shown, setShown] = useState(template)
  if (template !== undefined && template !== shown) setShown(template)
  const name = say(shown?.name)
  return (
    <SidePanel open={template !== undefined} title={name} width={960} onClose={props.onClose}>
      {shown && (
        <article className={css.template}>
          <p className={css.text}>{say(shown.description)}</p>
          <div className={css.picture}>
            <GraphMiniature
              graph={shown.preview}
              manifests={manifests}
              label={t('templates.drawing', { name })}
            />
          </div>
          <UseTemplate key={shown.id} template={shown} />
          <section>
            <h3 className={css.title}>{t('templates.proven', { count: shown.cases.length })}</h3>
            <ul className={css.cases}>
              {shown.cases.map(each => (
                <li key={say(each.name)}>
                  {say(each.name)} <span className={css.outcome}>{outcomeWord(each.outcome, language)}</span>
                </li>
              ))}
            </ul>
          </section>
        </article>
      )}
    </SidePanel>
  )
}
