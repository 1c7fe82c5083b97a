import { CheckCircleFilled, CloseCircleFilled, SafetyCertificateOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { StockProof } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import css from './StockPage.module.css'

const NAMED = 5

/** Checks on demand that every stock figure is the sum of its ledger, and says what came out. */
export function Proof({ nameOf }: { nameOf: (warehouse: string) => string }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const proof = useMutation({
    mutationFn: () => request<StockProof>('/stock/proof'),
    onError: failure => report.failed(failure, why => t('stock.proveFailed', { why })),
  })
  const found = proof.data
  const differing = (found?.differences ?? [])
    .slice(0, NAMED)
    .map(each => `${nameOf(each.warehouse)} ${each.sku}`)
  return (
    <div className={css.proof}>
      <span role="status">
        {found?.agrees && (
          <span className={css.agrees}>
            <CheckCircleFilled /> {t('stock.proveAgrees', { count: found.checked })}
          </span>
        )}
        {found && !found.agrees && (
          <span className={css.differs}>
            <CloseCircleFilled />{' '}
            {t('stock.proveDiffers', { count: found.differences.length, list: differing.join(', ') })}
          </span>
        )}
      </span>
      <Button
        icon={<SafetyCertificateOutlined />}
        title={t('stock.proveWhen')}
        loading={proof.isPending}
        onClick={() => proof.mutate()}
      >
        {t('stock.prove')}
      </Button>
    </div>
  )
}
