import { Button, Drawer } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'

/** The mapper over nearly the whole window. Escape lets go of what is held in it and so does not close it. */
export function MapperDrawer(props: {
  open: boolean
  title: string
  actions?: ReactNode
  onClose: () => void
  children: ReactNode
}): ReactElement {
  const { t } = useWords()
  return (
    <Drawer
      open={props.open}
      title={props.title}
      size="min(1760px, 100vw - 24px)"
      keyboard={false}
      destroyOnHidden
      closable={{ 'aria-label': t('parts.close') }}
      extra={
        props.actions ?? (
          <Button type="primary" onClick={props.onClose}>
            {t('mapper.done')}
          </Button>
        )
      }
      onClose={props.onClose}
      styles={{ body: { padding: 0, overflow: 'hidden' } }}
    >
      {props.children}
    </Drawer>
  )
}
