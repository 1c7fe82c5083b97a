import { PlayCircleOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { readDocument } from './json-place.ts'
import { type Choice, COUNTS } from './last-choice.ts'
import { OrderChoice } from './OrderChoice.tsx'
import { SampleChoice } from './SampleChoice.tsx'
import css from './TestStrip.module.css'
import type { On } from './use-tester.ts'

interface Wanting {
  /** What is still missing, in words. */
  readonly say: string
}

/** What to try the draft on, and the button that does. */
export function Chooser(props: {
  choice: Choice
  cases: number | undefined
  running: boolean
  onChoose: (change: Partial<Choice>) => void
  onStart: (on: On) => void
}): ReactElement {
  const { t } = useWords()
  const { choice, onChoose } = props
  const [wanting, setWanting] = useState<Wanting>()
  const change = (next: Partial<Choice>) => {
    setWanting(undefined)
    onChoose(next)
  }
  const start = () => {
    const on = chosen()
    if ('say' in on) setWanting(on)
    else props.onStart(on)
  }

  function chosen(): On | Wanting {
    if (choice.kind === 'last') return { kind: 'last', count: choice.count }
    if (choice.kind === 'order')
      return choice.order ? { kind: 'order', order: choice.order } : { say: t('testing.noOrder') }
    if (!choice.text.trim()) return { say: t('testing.noDocument') }
    if (!choice.connection) return { say: t('testing.noConnection') }
    const read = readDocument(choice.text)
    if ('fault' in read) return { say: t('testing.notJson', { ...read.fault }) }
    return { kind: 'document', connection: choice.connection, document: read.document }
  }

  return (
    <div className={css.chooser}>
      <Segmented<Choice['kind']>
        className={css.kinds ?? ''}
        size="small"
        aria-label={t('testing.onWhat')}
        value={choice.kind}
        onChange={kind => change({ kind })}
        options={[
          { value: 'document', label: t('testing.sample') },
          { value: 'order', label: t('testing.pastOrder') },
          { value: 'last', label: t('testing.last') },
          {
            value: 'cases',
            label: props.cases ? `${t('testing.cases')} ${props.cases}` : t('testing.cases'),
          },
        ]}
      />
      {choice.kind === 'document' && <SampleChoice choice={choice} onChoose={change} />}
      {choice.kind === 'order' && <OrderChoice choice={choice} onChoose={change} />}
      {choice.kind === 'last' && (
        <>
          <Segmented<number>
            aria-label={t('testing.howMany')}
            value={choice.count}
            onChange={count => change({ count })}
            options={COUNTS.map(count => ({ value: count, label: t('testing.lastCount', { count }) }))}
          />
          <p className={css.hint}>{t('testing.lastWhy')}</p>
        </>
      )}
      {choice.kind !== 'cases' && (
        <>
          {wanting && (
            <p className={css.wanting} role="alert">
              {wanting.say}
            </p>
          )}
          <Button
            type="primary"
            className={css.start ?? ''}
            icon={<PlayCircleOutlined aria-hidden />}
            loading={props.running}
            onClick={start}
          >
            {t('testing.start')}
          </Button>
        </>
      )}
    </div>
  )
}
