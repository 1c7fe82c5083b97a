import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import {
  type KeyboardEvent,
  type ReactElement,
  useDeferredValue,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { useNavigate } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import { useOwnHits } from './own-hits.ts'
import css from './Search.module.css'
import { type Hit, pageHits, remoteHits } from './search-hits.ts'

/** Finds orders, workflows, SKUs, tasks and pages; arrows choose, Enter opens. */
export function Search({ onClose }: { onClose: () => void }): ReactElement {
  const words = useWords()
  const { t } = words
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const wanted = useDeferredValue(typed.trim())
  const list = useId()
  const rows = useRef<HTMLDivElement>(null)
  const found = useQuery({
    queryKey: ['search', wanted],
    queryFn: ({ signal }) => remoteHits(wanted, signal),
    enabled: wanted !== '',
  })
  const own = useOwnHits(wanted)
  const here: readonly Hit[] =
    wanted === ''
      ? []
      : own.map(({ text, detail, run }) => ({ group: 'frame.groupHere', text, detail, to: run }))
  const hits: readonly Hit[] = [...here, ...pageHits(wanted, t), ...(wanted === '' ? [] : (found.data ?? []))]
  const at = Math.min(chosen, hits.length - 1)

  useEffect(() => {
    rows.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const open = (hit: Hit | undefined) => {
    if (!hit) return
    onClose()
    if (typeof hit.to === 'string') void navigate(hit.to)
    else hit.to()
  }
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setChosen((at + step + hits.length) % Math.max(hits.length, 1))
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) open(hits[at])
  }
  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onClose}
      width={600}
      title={t('frame.search')}
      styles={{ container: { padding: 0 }, header: { display: 'none' } }}
    >
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined aria-hidden />}
        className={css.field}
        placeholder={t('frame.search')}
        aria-label={t('frame.search')}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={list}
        aria-activedescendant={hits.length > 0 ? `${list}-${at}` : undefined}
        value={typed}
        onChange={event => {
          setTyped(event.target.value)
          setChosen(0)
        }}
        onKeyDown={keys}
      />
      <div className={css.hits} id={list} role="listbox" aria-label={t('frame.search')} ref={rows}>
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses from the field above
          // biome-ignore lint/a11y/useFocusableInteractive: a combobox keeps the focus in its field
          <div
            key={`${hit.group}/${typeof hit.to === 'string' ? hit.to : index}/${hit.text}`}
            id={`${list}-${index}`}
            data-at={index}
            role="option"
            aria-selected={index === at}
            className={`${css.hit} ${index === at ? css.chosen : ''}`}
            onClick={() => open(hit)}
            onPointerMove={() => setChosen(index)}
          >
            <span className={css.group}>{t(hit.group)}</span>
            <span className={css.text}>{hit.text}</span>
            <span className={css.detail}>
              {typeof hit.detail === 'string' ? hit.detail : hit.detail?.(words)}
            </span>
          </div>
        ))}
      </div>
      {wanted !== '' && hits.length === 0 && !found.isFetching && (
        <p className={css.none}>
          {found.isError ? t('frame.searchFailed') : t('frame.searchNothing', { what: wanted })}
        </p>
      )}
      {wanted === '' && <p className={css.none}>{t('frame.searchStart')}</p>}
    </Modal>
  )
}
