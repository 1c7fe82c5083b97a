import { MenuFoldOutlined, MenuUnfoldOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Input, Tooltip } from 'antd'
import { type ReactElement, useState } from 'react'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import { kinds } from '../canvas/kinds.tsx'
import { useWords } from '../i18n/use-words.ts'
import { DRAGGED_TYPE } from './dragged-type.ts'
import type { Manifests } from './edit.ts'
import css from './Palette.module.css'
import { paletteGroups } from './palette-entries.ts'

const OPEN_KEY = 'orderloom.palette'

/** All that can be put on the canvas: dragged there, or clicked to come behind what is selected. */
export function Palette(props: { manifests: Manifests; onAdd: (type: NodeManifest) => void }): ReactElement {
  const { t, say, language } = useWords()
  const [wanted, setWanted] = useState('')
  const [open, setOpen] = useState(localStorage.getItem(OPEN_KEY) !== 'closed')
  const toggle = () => {
    localStorage.setItem(OPEN_KEY, open ? 'closed' : 'open')
    setOpen(!open)
  }
  const button = (
    <Button
      type="text"
      size="small"
      icon={open ? <MenuFoldOutlined aria-hidden /> : <MenuUnfoldOutlined aria-hidden />}
      aria-label={t(open ? 'drafting.paletteClose' : 'drafting.paletteOpen')}
      title={t(open ? 'drafting.paletteClose' : 'drafting.paletteOpen')}
      aria-expanded={open}
      onClick={toggle}
    />
  )
  if (!open) return <aside className={css.closed}>{button}</aside>
  const groups = paletteGroups(props.manifests.values(), wanted, language)
  return (
    <aside className={css.palette} aria-label={t('drafting.palette')}>
      <div className={css.head}>
        <Input
          size="small"
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t('drafting.paletteSearch')}
          aria-label={t('drafting.paletteSearch')}
          value={wanted}
          onChange={event => setWanted(event.target.value)}
        />
        {button}
      </div>
      <div className={css.groups}>
        {groups.map(({ kind, types }) => (
          <section key={kind}>
            <h3 className={css.kind}>{t(kinds[kind].word)}</h3>
            {types.map(type => (
              <Tooltip key={type.type} title={say(type.description)} placement="right" mouseEnterDelay={0.5}>
                <button
                  type="button"
                  className={css.type}
                  style={{ borderLeftColor: kinds[kind].colour }}
                  draggable
                  onDragStart={event => {
                    event.dataTransfer.setData(DRAGGED_TYPE, type.type)
                    event.dataTransfer.effectAllowed = 'copy'
                  }}
                  onClick={() => props.onAdd(type)}
                >
                  <span style={{ color: kinds[kind].colour }}>{kinds[kind].icon}</span>
                  {say(type.name)}
                </button>
              </Tooltip>
            ))}
          </section>
        ))}
        {groups.length === 0 && <p className={css.none}>{t('drafting.paletteNone', { what: wanted })}</p>}
      </div>
    </aside>
  )
}
