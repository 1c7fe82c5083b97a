import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import { useDraggable } from '@dnd-kit/core'
import { type ReactElement, useState } from 'react'
import type { T } from '../i18n/i18n.ts'
import { useWords } from '../i18n/use-words.ts'
import { focusSoon } from './focus-soon.ts'
import { rowsOf } from './language.ts'
import { listText } from './list-text.ts'
import { useMapping } from './mapper-state.ts'
import { ITEMS, ruleOf, sourcesOf } from './rules.ts'
import css from './SourceTree.module.css'
import { sourceText } from './samples.ts'
import { idOf, isBranch, type SourceNode } from './source-tree.ts'

/** The fields of the source documents. Each can be dragged to a field, or picked and put by a second click. */
export function SourceTree(props: {
  tree: readonly SourceNode[]
  shown: number
  sought: string
}): ReactElement {
  const { t } = useWords()
  const used = useUses()
  const sought = props.sought.trim().toLowerCase()
  const tree = sought === '' ? props.tree : found(props.tree, sought)
  if (tree.length === 0)
    return <p className={css.faint}>{t('mapper.findNone', { text: props.sought.trim() })}</p>
  return (
    <ul className={css.tree}>
      {tree.map(node => (
        <Branch key={node.id} node={node} shown={props.shown} depth={0} used={used} />
      ))}
    </ul>
  )
}

type Uses = ReadonlyMap<string, readonly string[]>

function Branch(props: { node: SourceNode; shown: number; depth: number; used: Uses }): ReactElement {
  const { t } = useWords()
  const { node, depth } = props
  const [open, setOpen] = useState(true)
  return (
    <li>
      <div className={css.line} style={{ paddingInlineStart: depth * 14 }}>
        {isBranch(node) ? (
          <button
            type="button"
            className={css.fold}
            aria-expanded={open}
            aria-label={t(open ? 'mapper.fold' : 'mapper.unfold', { name: node.key })}
            onClick={() => setOpen(!open)}
          >
            {open ? <CaretDownOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />}
          </button>
        ) : (
          <span className={css.noFold} />
        )}
        <Field node={node} shown={props.shown} uses={props.used.get(node.id) ?? []} />
      </div>
      {isBranch(node) && open && (
        <ul>
          {node.children.map(child => (
            <Branch key={child.id} node={child} shown={props.shown} depth={depth + 1} used={props.used} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Field(props: { node: SourceNode; shown: number; uses: readonly string[] }): ReactElement {
  const { t, language } = useWords()
  const { node, shown, uses } = props
  const { picked, pick } = useMapping()
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: node.id, data: { node } })
  const isPicked = picked?.id === node.id
  const text = isBranch(node) ? '' : sourceText(node.values[shown])
  const kind = kindWord(node, t)
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={`${css.field} ${isPicked ? css.picked : ''} ${isDragging ? css.dragging : ''} ${node.kind === 'object' ? css.group : ''}`}
      aria-pressed={isPicked}
      title={uses.length > 0 ? t('mapper.usedBy', { names: listText(uses, language) }) : node.id}
      {...listeners}
      data-source={node.id}
      onClick={event => {
        pick(isPicked ? undefined : node)
        // A click without a pointer is the Enter key: the fields to put it into are far away for the Tab key.
        if (event.detail === 0 && !isPicked) focusSoon('[data-put]')
      }}
    >
      {uses.length > 0 && <span className={css.used} aria-hidden />}
      <span className={css.key}>{node.key}</span>
      <span className={css.value}>{text}</span>
      <span className={css.kind}>{kind}</span>
    </button>
  )
}

function kindWord({ kind, count }: SourceNode, t: T): string {
  switch (kind) {
    case 'list':
      return t('mapper.listCount', { count })
    case 'values':
      return t('mapper.values', { count })
    case 'object':
      return t('mapper.group')
    case 'text':
      return t('mapper.typeText')
    case 'number':
      return t('mapper.typeNumber')
    case 'boolean':
      return t('mapper.typeBoolean')
    default:
      return t('mapper.typeEmpty')
  }
}

/** Which fields each place of the source is used for, in words. */
function useUses(): Uses {
  const { rules, language, ids } = useMapping()
  const { say } = useWords()
  const uses = new Map<string, string[]>()
  const each = ruleOf(rules, ITEMS)?.each
  const note = (id: string | undefined, name: string) => {
    if (id !== undefined) uses.set(id, [...(uses.get(id) ?? []), name])
  }
  const { order, entry } = rowsOf(language)
  for (const { key, target } of order)
    for (const path of sourcesOf(ruleOf(rules, key))) note(idOf(path, undefined, ids), say(target.name))
  for (const { key, target } of entry)
    for (const path of sourcesOf(ruleOf(rules, key))) note(idOf(path, each, ids), say(target.name))
  if (each !== undefined) note(each, say(order.find(({ key }) => key === ITEMS)?.target.name))
  return uses
}

/** The branches of a tree with a name or value like the text. A branch of that name comes whole. */
function found(tree: readonly SourceNode[], text: string): readonly SourceNode[] {
  return tree.flatMap(node => {
    if (node.id.toLowerCase().includes(text)) return [node]
    if (!isBranch(node))
      return node.values.some(value => sourceText(value).toLowerCase().includes(text)) ? [node] : []
    const children = found(node.children, text)
    return children.length > 0 ? [{ ...node, children }] : []
  })
}
