import { Drawer } from 'antd'
import { type KeyboardEvent, type ReactElement, useLayoutEffect, useRef, useState } from 'react'
import type { Problem } from '../../server/workflow/problem.ts'
import { useWords } from '../i18n/use-words.ts'
import { BigTable } from './BigTable.tsx'
import { CompactTable } from './CompactTable.tsx'
import css from './DecisionTable.module.css'
import type { TableParams } from './table-edits.ts'
import type { ChangeParams } from './use-table.ts'
import { useView } from './use-view.ts'

/** Narrower than this there is no room for three columns. */
const WIDE_PX = 720

/**
 * The params of a decision table, written as on paper. Where there is room the table itself; in a narrow place its
 * rows as sentences, with the table in a drawer over the page.
 *
 * @param props.onChange `merge` is a key under which a burst of typing is one step of undo
 */
export function DecisionTable(props: {
  params: TableParams
  problems: readonly Problem[]
  onChange: ChangeParams
}): ReactElement {
  const { t } = useWords()
  const view = useView(props.params, props.onChange)
  const place = useRef<HTMLDivElement>(null)
  const [isWide, setWide] = useState(false)
  const [isOpen, setOpen] = useState(false)
  useLayoutEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new ResizeObserver(() => setWide(element.clientWidth >= WIDE_PX))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={place}>
      {isWide ? (
        <BigTable view={view} problems={props.problems} />
      ) : (
        <CompactTable view={view} onOpen={() => setOpen(true)} />
      )}
      <Drawer
        open={isOpen && !isWide}
        title={t('tables.table')}
        extra={<span className={css.hint}>{t('tables.bigHint')}</span>}
        size="min(1180px, 96vw)"
        onClose={() => setOpen(false)}
        destroyOnHidden
        // Escape also puts a row down and closes menus: those are told apart below.
        keyboard={false}
        closable={{ 'aria-label': t('parts.close') }}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that bubble up from the cells, nothing to press */}
        <div role="presentation" onKeyDown={event => isLeaving(event) && setOpen(false)}>
          <BigTable view={view} problems={props.problems} />
        </div>
      </Drawer>
    </div>
  )
}

/** Escape from the table itself: not from what opened over it, nor while a row is held by its handle. */
function isLeaving({ key, target, currentTarget, defaultPrevented }: KeyboardEvent): boolean {
  if (key !== 'Escape' || defaultPrevented || !(target instanceof Element)) return false
  return currentTarget.contains(target) && target.closest('[aria-roledescription]') === null
}
