import {
  AlignCenterOutlined,
  AlignLeftOutlined,
  AlignRightOutlined,
  ColumnWidthOutlined,
  LineHeightOutlined,
  VerticalAlignBottomOutlined,
  VerticalAlignMiddleOutlined,
  VerticalAlignTopOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { Alignment } from './arrange.ts'
import css from './Inspector.module.css'

const alignments = [
  ['left', <AlignLeftOutlined key="i" aria-hidden />, 'drafting.alignLeft'],
  ['centre', <AlignCenterOutlined key="i" aria-hidden />, 'drafting.alignCentre'],
  ['right', <AlignRightOutlined key="i" aria-hidden />, 'drafting.alignRight'],
  ['top', <VerticalAlignTopOutlined key="i" aria-hidden />, 'drafting.alignTop'],
  ['middle', <VerticalAlignMiddleOutlined key="i" aria-hidden />, 'drafting.alignMiddle'],
  ['bottom', <VerticalAlignBottomOutlined key="i" aria-hidden />, 'drafting.alignBottom'],
  ['across', <ColumnWidthOutlined key="i" aria-hidden />, 'drafting.spreadAcross'],
  ['down', <LineHeightOutlined key="i" aria-hidden />, 'drafting.spreadDown'],
] as const satisfies readonly (readonly [Alignment, ReactNode, string])[]

/** What can be done with several nodes at once. */
export function SeveralSelected(props: {
  count: number
  onAlign: (how: Alignment) => void
  onGroup: () => void
  onDuplicate: () => void
  onRemove: () => void
}): ReactElement {
  const { t } = useWords()
  return (
    <>
      <p>
        <b>{t('drafting.selectedCount', { count: props.count })}</b>
      </p>
      <h3 className={css.label}>{t('drafting.align')}</h3>
      <div className={css.buttons}>
        {alignments.map(([how, icon, word]) => (
          <Button
            key={how}
            icon={icon}
            aria-label={t(word)}
            title={t(word)}
            onClick={() => props.onAlign(how)}
          />
        ))}
      </div>
      <h3 className={css.label}>{t('drafting.together')}</h3>
      <div className={css.buttons}>
        <Button onClick={props.onGroup}>{t('drafting.group')}</Button>
        <Button onClick={props.onDuplicate}>{t('drafting.duplicate')}</Button>
        <Button danger onClick={props.onRemove}>
          {t('drafting.remove')}
        </Button>
      </div>
    </>
  )
}
