import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  SafetyCertificateOutlined,
} from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { StockProof } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { isQuiet, live } from '../live/feed.ts'
import { useReport } from '../parts/use-report.ts'
import css from './StockPage.module.css'

const NAMED = 5

interface Checked {
  readonly proof: StockProof
  /** Whether orders were under way meanwhile: then figures and ledger may be read apart without being wrong. */
  readonly moving: boolean
}

async function check(): Promise<Checked> {
  const proof = await request<StockProof>('/stock/proof')
  const { latest } = live.get()
  return { proof, moving: latest !== undefined && !isQuiet(latest) }
}

/** Checks on demand that every stock figure is the sum of its ledger, and says what came out. */
export function Proof({ nameOf }: { nameOf: (warehouse: string) => string }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const proof = useMutation({
    mutationFn: check,
    onError: failure => report.failed(failure, why => t('stock.proveFailed', { why })),
  })
  return (
    <div className={css.proof}>
      <span role="status">{proof.data && <Verdict checked={proof.data} nameOf={nameOf} />}</span>
      <Button
        icon={<SafetyCertificateOutlined aria-hidden />}
        title={t('stock.proveWhen')}
        loading={proof.isPending}
        onClick={() => proof.mutate()}
      >
        {t('stock.prove')}
      </Button>
    </div>
  )
}

function Verdict(props: { checked: Checked; nameOf: (warehouse: string) => string }): ReactElement {
  const { t } = useWords()
  const { agrees, checked, differences } = props.checked.proof
  const count = differences.length
  if (agrees) {
    return (
      <span className={css.agrees}>
        <CheckCircleFilled aria-hidden /> {t('stock.proveAgrees', { count: checked })}
      </span>
    )
  }
  if (props.checked.moving) {
    return (
      <span className={css.moving}>
        <ClockCircleFilled aria-hidden /> {t('stock.proveMoving', { count })}
      </span>
    )
  }
  const list = differences.slice(0, NAMED).map(each => `${props.nameOf(each.warehouse)} ${each.sku}`)
  return (
    <span className={css.differs}>
      <CloseCircleFilled aria-hidden /> {t('stock.proveDiffers', { count, list: list.join(', ') })}
    </span>
  )
}
