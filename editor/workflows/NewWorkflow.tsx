import { FileAddOutlined, ImportOutlined, LayoutOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { type ReactElement, type ReactNode, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { WorkflowDetail } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { freeName } from './list.ts'
import css from './NewWorkflow.module.css'
import { signed } from './signed.ts'

/** 新建流程: from nothing, from a template, or from a file. */
export function NewWorkflow(props: {
  /** Names in use. */
  taken: readonly string[]
  importing: boolean
  onFiles: (files: readonly File[]) => void
}): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const create = useMutation({
    mutationFn: () =>
      request<WorkflowDetail>('/workflows', {
        method: 'POST',
        body: { name: freeName(t('workflows.newName'), props.taken), ...signed() },
      }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['workflows'] })
      void navigate(`/workflows/${encodeURIComponent(id)}`)
    },
    onError: failure => report.failed(failure, why => t('workflows.createFailed', { why })),
  })
  const take = (files: FileList | null) => {
    setOpen(false)
    props.onFiles([...(files ?? [])])
  }
  return (
    <>
      <Button
        type="primary"
        icon={<PlusOutlined aria-hidden />}
        loading={props.importing}
        onClick={() => setOpen(true)}
      >
        {t('workflows.create')}
      </Button>
      <Modal
        open={open}
        title={t('workflows.create')}
        width={720}
        footer={null}
        closable={{ 'aria-label': t('parts.close') }}
        onCancel={() => setOpen(false)}
      >
        <div className={css.ways}>
          <Way
            icon={<LayoutOutlined aria-hidden />}
            name={t('workflows.fromTemplate')}
            text={t('workflows.fromTemplateText')}
            onChoose={() => void navigate('/workflows/templates')}
          />
          <Way
            icon={<FileAddOutlined aria-hidden />}
            name={t('workflows.fromNothing')}
            text={t('workflows.fromNothingText')}
            busy={create.isPending}
            onChoose={() => create.mutate()}
          />
          <Way
            icon={<ImportOutlined aria-hidden />}
            name={t('workflows.fromFile')}
            text={t('workflows.fromFileText')}
            onChoose={() => input.current?.click()}
            onFiles={take}
          />
        </div>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          multiple
          hidden
          aria-label={t('workflows.fromFile')}
          onChange={event => {
            take(event.target.files)
            // The same file can be chosen again once it was mended.
            event.target.value = ''
          }}
        />
      </Modal>
    </>
  )
}

function Way(props: {
  icon: ReactNode
  name: string
  text: string
  busy?: boolean
  onChoose: () => void
  onFiles?: (files: FileList) => void
}): ReactElement {
  const { onFiles } = props
  const [over, setOver] = useState(false)
  return (
    <button
      type="button"
      className={`${css.way} ${over ? css.over : ''}`}
      disabled={props.busy}
      onClick={props.onChoose}
      onDragOver={event => {
        if (!onFiles) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        if (!onFiles) return
        event.preventDefault()
        setOver(false)
        onFiles(event.dataTransfer.files)
      }}
    >
      <span className={css.icon}>{props.icon}</span>
      <span className={css.wayName}>{props.name}</span>
      <span className={css.wayText}>{props.text}</span>
    </button>
  )
}
