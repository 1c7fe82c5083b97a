import { Drawer } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'

/** What a row opens: a panel over the right side; Escape and a click beside it close it. */
export function SidePanel(props: {
  open: boolean
  title: ReactNode
  extra?: ReactNode
  width?: number
  onClose: () => void
  children: ReactNode
}): ReactElement {
  const { t } = useWords()
  return (
    <Drawer
      open={props.open}
      title={props.title}
      extra={props.extra}
      size={`min(${props.width ?? 680}px, 100vw)`}
      onClose={props.onClose}
      destroyOnHidden
      closable={{ 'aria-label': t('parts.close') }}
      styles={{ body: { padding: '16px 20px 32px' } }}
    >
      {props.children}
    </Drawer>
  )
}
