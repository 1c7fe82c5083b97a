import { PartitionOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import { useWords } from '../i18n/use-words.ts'
import { Notice } from '../parts/Notice.tsx'
import css from './EmptyCanvas.module.css'
import type { Manifests } from './edit.ts'

/** On a canvas with nothing on it: the ways to begin, each with a button that does. */
export function EmptyCanvas(props: {
  manifests: Manifests
  onAdd: (type: NodeManifest) => void
}): ReactElement {
  const { t, say } = useWords()
  const triggers = [...props.manifests.values()].filter(({ kind }) => kind === 'trigger')
  return (
    <div className={css.empty}>
      <Notice
        picture={<PartitionOutlined aria-hidden />}
        title={t('drafting.emptyTitle')}
        text={t('drafting.emptyText')}
        action={
          <p className={css.actions}>
            {triggers.map((trigger, index) => (
              <Button
                key={trigger.type}
                type={index === 0 ? 'primary' : 'default'}
                onClick={() => props.onAdd(trigger)}
              >
                {t('drafting.emptyBegin', { name: say(trigger.name) })}
              </Button>
            ))}
            <Link to="/workflows/templates">{t('drafting.emptyTemplates')}</Link>
          </p>
        }
      />
    </div>
  )
}
