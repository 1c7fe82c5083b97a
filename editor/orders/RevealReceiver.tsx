import { EyeOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { useReport } from '../parts/use-report.ts'
import css from './RevealReceiver.module.css'

interface Receiver {
  readonly name: string
  readonly phone: string
  readonly detail: string
  readonly isVirtualPhone: boolean
}

/** Who receives an order, readable: asked only when somebody presses the button, shown and kept nowhere. */
export function RevealReceiver({ order }: { order: string }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const reveal = useMutation({
    mutationFn: () =>
      request<Receiver>(`/orders/${encodeURIComponent(order)}/reveal`, { method: 'POST', body: {} }),
    onError: failure => report.failed(failure, why => t('orders.notRevealed', { why })),
  })
  const { data } = reveal
  if (!data)
    return (
      <p className={css.reveal}>
        <Button
          size="small"
          icon={<EyeOutlined aria-hidden />}
          loading={reveal.isPending}
          onClick={() => reveal.mutate()}
        >
          {t('orders.reveal')}
        </Button>
        <span className={css.faint}>{t('orders.revealWhy')}</span>
      </p>
    )
  const text = [data.name, data.phone, data.detail].filter(Boolean).join(' ')
  return (
    <p className={css.reveal}>
      <strong>{text || t('orders.revealedNothing')}</strong>
      {text !== '' && <CopyButton text={text} />}
      {data.isVirtualPhone && <span className={css.faint}>{t('orders.virtualPhone')}</span>}
    </p>
  )
}
