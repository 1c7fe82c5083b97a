import { BulbOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { countText } from '../../format/number.ts'
import { useWords, type WordsInUse } from '../../i18n/use-words.ts'
import css from './FilePreview.module.css'
import type { FilePreview } from './file-preview.ts'

/** What should be known of the mapping the preview was made by, and the ways to another one. */
export function SuggestedMapping(props: {
  preview: FilePreview
  /** Whether the connection has a mapping of its own. */
  hasOwn: boolean
  isSaving: boolean
  onUse: () => void
  onShow: (mapping: 'own' | 'suggested') => void
  onEdit: () => void
}): ReactElement | null {
  const words = useWords()
  const { t } = words
  const { preview, hasOwn } = props
  const { suggestion, mapping, documents } = preview
  if (!suggestion || documents === 0) return null
  const [title, text] = wordsOf(preview, hasOwn, words)
  const isOffer = mapping === 'suggested'
  return (
    <section className={`${css.hint} ${isOffer ? css.offer : ''}`} aria-label={title}>
      {isOffer ? <BulbOutlined aria-hidden /> : <ExclamationCircleFilled aria-hidden />}
      <div className={css.hintWords}>
        <h3>{title}</h3>
        <p>{text}</p>
      </div>
      <div className={css.actions}>
        {isOffer && (
          <Button size="small" type="primary" loading={props.isSaving} onClick={props.onUse}>
            {t('connections.fileUse')}
          </Button>
        )}
        {mapping === 'own' && (
          <Button size="small" onClick={() => props.onShow('suggested')}>
            {t('connections.fileShowSuggested')}
          </Button>
        )}
        {mapping !== 'own' && hasOwn && (
          <Button size="small" onClick={() => props.onShow('own')}>
            {t('connections.fileShowOwn')}
          </Button>
        )}
        <Button size="small" onClick={props.onEdit}>
          {t('connections.fileEdit')}
        </Button>
      </div>
    </section>
  )
}

function wordsOf(
  { suggestion, severalRows, mapping }: FilePreview,
  hasOwn: boolean,
  { t, say }: WordsInUse,
): [title: string, text: string] {
  if (mapping === 'own') {
    return severalRows
      ? [
          t('connections.fileSeveralTitle', { n: countText(severalRows.orders) }),
          t('connections.fileSeveralText', { column: severalRows.column }),
        ]
      : [t('connections.fileOtherTitle'), t('connections.fileOtherText')]
  }
  if (mapping === 'none') {
    const names = suggestion?.missing.map(say).join(t('connections.fileNames')) ?? ''
    return [t('connections.fileMissingTitle', { names }), t('connections.fileMissingText')]
  }
  const absent = suggestion?.absent.map(say).join(t('connections.fileNames')) ?? ''
  const text = t(hasOwn ? 'connections.fileComparingText' : 'connections.fileSuggestedText')
  return [
    t(hasOwn ? 'connections.fileComparing' : 'connections.fileSuggestedTitle'),
    absent ? `${text}${t('connections.fileAbsent', { names: absent })}` : text,
  ]
}
