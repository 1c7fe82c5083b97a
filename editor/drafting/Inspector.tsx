import { CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import type { Problem } from '../../server/workflow/problem.ts'
import { nodeSentence } from '../../server/workflow/sentence.ts'
import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import { kinds } from '../canvas/kinds.tsx'
import { NodeForm } from '../forms/NodeForm.tsx'
import { FormPlace, type Place } from '../forms/place.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Alignment } from './arrange.ts'
import { Exits } from './Exits.tsx'
import { type Manifests, openExits } from './edit.ts'
import css from './Inspector.module.css'
import { ProblemsList } from './ProblemsList.tsx'
import { SeveralSelected } from './SeveralSelected.tsx'

interface Props {
  readonly graph: WorkflowGraph
  readonly manifests: Manifests
  readonly selected: ReadonlySet<string>
  readonly problems: readonly Problem[]
  /** Where the one selected node stands. */
  readonly place: Place
  readonly fields: Parameters<typeof nodeSentence>[2]
  readonly nameOf: (node: WorkflowNode) => string
  readonly onParams: (node: string, params: Record<string, unknown>, merge?: string) => void
  readonly onLabel: (node: string, label: string) => void
  readonly onLead: (node: string, port: string, to: string | undefined) => void
  readonly onDescribe: (text: string) => void
  readonly onJump: (node: string) => void
  readonly onEnd: (node: string | undefined) => void
  readonly onRemove: () => void
  readonly onDuplicate: () => void
  readonly onAlign: (how: Alignment) => void
  readonly onGroup: () => void
}

/** To the right of the drawing: all about what is selected. */
export function Inspector(props: Props): ReactElement {
  const { t } = useWords()
  const nodes = props.graph.nodes.filter(({ id }) => props.selected.has(id))
  const [node] = nodes
  return (
    <aside data-inspector className={node ? css.inspector : css.whole} aria-label={t('drafting.inspector')}>
      <div className={css.scroll}>
        {nodes.length > 1 ? (
          <SeveralSelected
            count={nodes.length}
            onAlign={props.onAlign}
            onGroup={props.onGroup}
            onDuplicate={props.onDuplicate}
            onRemove={props.onRemove}
          />
        ) : node ? (
          <OneNode key={node.id} {...props} node={node} />
        ) : (
          <Whole {...props} />
        )}
      </div>
    </aside>
  )
}

function OneNode(props: Props & { node: WorkflowNode }): ReactElement {
  const { t, say, language } = useWords()
  const { node, manifests } = props
  const manifest = manifests.get(node.type)
  const own = props.problems.filter(problem => problem.node === node.id)
  if (!manifest) return <p role="alert">{t('drafting.unknownType', { type: node.type })}</p>
  const { icon, colour } = kinds[manifest.kind]
  const sentence = nodeSentence(node, manifest, props.fields)[language]
  return (
    <>
      <div className={css.head}>
        <span style={{ color: colour }}>{icon}</span>
        <Input
          variant="filled"
          aria-label={t('drafting.nodeName')}
          placeholder={say(manifest.name)}
          value={node.label ?? ''}
          maxLength={120}
          onChange={event => props.onLabel(node.id, event.target.value)}
        />
        <Button
          type="text"
          size="small"
          icon={<CopyOutlined aria-hidden />}
          aria-label={t('drafting.duplicate')}
          title={t('drafting.duplicate')}
          onClick={props.onDuplicate}
        />
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('drafting.remove')}
          title={t('drafting.remove')}
          onClick={props.onRemove}
        />
      </div>
      <p className={css.sentence}>{sentence}</p>
      <p className={css.what}>{say(manifest.description)}</p>
      <FormPlace value={props.place}>
        <NodeForm
          manifest={manifest}
          params={node.params}
          problems={own}
          onChange={(params, merge) => props.onParams(node.id, params, merge)}
        />
      </FormPlace>
      <Exits
        node={node}
        graph={props.graph}
        manifests={manifests}
        nameOf={props.nameOf}
        onLead={(port, to) => props.onLead(node.id, port, to)}
      />
      {own.length > 0 && <h3 className={css.label}>{t('drafting.problems')}</h3>}
      <ProblemsList
        problems={own}
        nameOf={() => ''}
        onJump={props.onJump}
        openExits={openExits(props.graph, manifests, node.id).length}
        onEnd={() => props.onEnd(node.id)}
      />
    </>
  )
}

/** While nothing is selected: what the workflow is for, and what is wrong with it. */
function Whole(props: Props): ReactElement {
  const { t } = useWords()
  const { graph, problems } = props
  const names = new Map(graph.nodes.map(node => [node.id, props.nameOf(node)]))
  return (
    <>
      <h3 className={css.label}>{t('drafting.description')}</h3>
      <Input.TextArea
        aria-label={t('drafting.description')}
        placeholder={t('drafting.descriptionPlaceholder')}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={2_000}
        value={graph.settings?.description ?? ''}
        onChange={event => props.onDescribe(event.target.value)}
      />
      <h3 className={css.label}>{t('drafting.problems')}</h3>
      {problems.length === 0 ? (
        <p className={css.ok}>{t('drafting.noProblems')}</p>
      ) : (
        <ProblemsList
          problems={problems}
          nameOf={id => (id === undefined ? '' : (names.get(id) ?? id))}
          onJump={props.onJump}
          openExits={openExits(graph, props.manifests).length}
          onEnd={() => props.onEnd(undefined)}
        />
      )}
      <p className={css.label}>{t('drafting.howTo')}</p>
    </>
  )
}
