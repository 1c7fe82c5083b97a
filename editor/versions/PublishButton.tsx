import { RocketOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './PublishButton.module.css'
import { PublishDialog } from './PublishDialog.tsx'
import { beforePublishQuery } from './queries.ts'
import { Tested } from './Tested.tsx'

/**
 * 发布, with the proof beside it. Opens what publishing would mean; nothing goes live before that was seen.
 * @param props.rev revision of the draft that is saved; another one is looked at anew
 * @param props.flush saves what of the draft is not saved yet
 * @param props.onTest opens the test of the draft
 * @param props.onJump shows a node on the canvas
 */
export function PublishButton(props: {
  workflow: WorkflowDetail
  rev?: number
  flush: () => Promise<void>
  onTest: () => void
  onJump: (node: string) => void
  onPublished: () => void
}): ReactElement {
  const { workflow, onTest } = props
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const { data } = useQuery(beforePublishQuery(workflow.id, useSettled(props.rev)))
  const close = () => setOpen(false)
  return (
    <div className={css.publish}>
      {data &&
        (data.unchanged ? (
          <span className={css.soft}>{t('versions.unchangedShort')}</span>
        ) : (
          <Tested tested={data.tested} onTest={onTest} />
        ))}
      <Button type="primary" icon={<RocketOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('versions.publish')}
      </Button>
      <PublishDialog
        workflow={workflow}
        open={open}
        flush={props.flush}
        onClose={close}
        onTest={() => {
          close()
          onTest()
        }}
        onJump={node => {
          close()
          props.onJump(node)
        }}
        onPublished={() => {
          close()
          props.onPublished()
        }}
      />
    </div>
  )
}

const SETTLE_MS = 1_500

/** A value once it stays the same for a moment: somebody who types saves several times a second. */
function useSettled<V>(value: V): V {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
