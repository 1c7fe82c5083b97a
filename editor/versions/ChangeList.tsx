import { MinusSquareOutlined, PlusSquareOutlined, SwapOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import type { ChangeInWords } from '../api/draft-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './ChangeList.module.css'
import { type ChangeGroup, changeText, grouped, markOf, markWord } from './change-text.ts'

const icons = {
  added: <PlusSquareOutlined aria-hidden />,
  removed: <MinusSquareOutlined aria-hidden />,
  changed: <SwapOutlined aria-hidden />,
}

/** What changed, in words, node by node. Clicking a change goes to its node where there is somewhere to go. */
export function ChangeList(props: {
  changes: readonly ChangeInWords[]
  onChoose: (node: string) => void
  /** Whether removed nodes can still be gone to. */
  removedToo: boolean
}): ReactElement {
  const { t, say } = useWords()
  const nameOf = ({ about, changes }: ChangeGroup) => {
    if (about === 'lines') return t('versions.lines')
    return say(changes[0]?.nodeName) || changes[0]?.node || t('versions.wholeDrawing')
  }
  return (
    <ul className={css.groups} aria-label={t('versions.changesLabel')}>
      {grouped(props.changes).map(group => (
        <li key={`${group.about} ${group.changes[0]?.node}`}>
          <p className={css.name}>{nameOf(group)}</p>
          {group.changes.map((change, index) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: changes have no identity, and a list of them never changes
              key={index}
              change={change}
              onChoose={props.removedToo || change.kind !== 'node-removed' ? props.onChoose : undefined}
            />
          ))}
        </li>
      ))}
    </ul>
  )
}

function Line(props: {
  change: ChangeInWords
  onChoose: ((node: string) => void) | undefined
}): ReactElement {
  const { t, say } = useWords()
  const { change, onChoose } = props
  const { node } = change
  const mark = markOf(change)
  const words = (
    <>
      <span className={css.mark}>
        {icons[mark]} {markWord(mark, t)}
      </span>{' '}
      {changeText(change, t, say)}
    </>
  )
  return node !== undefined && onChoose ? (
    <button type="button" className={css.change} data-mark={mark} onClick={() => onChoose(node)}>
      {words}
    </button>
  ) : (
    <div className={css.change} data-mark={mark}>
      {words}
    </div>
  )
}
