import { PlayCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import { useStartDemo } from './demo.ts'

/** Starts the demo shop and goes where it can be watched. */
export function StartDemo({ size = 'middle' }: { size?: 'middle' | 'large' }): ReactElement {
  const { t } = useWords()
  const navigate = useNavigate()
  const start = useStartDemo()
  return (
    <Button
      type="primary"
      size={size}
      icon={<PlayCircleOutlined aria-hidden />}
      loading={start.isPending}
      onClick={() => start.mutate(undefined, { onSuccess: () => void navigate('/') })}
    >
      {start.isPending ? t('overview.demoStarting') : t('overview.demoStart')}
    </Button>
  )
}
