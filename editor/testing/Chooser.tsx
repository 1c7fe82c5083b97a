import { PlayCircleOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { readDocument } from './json-place.ts'
import { type Choice, COUNTS } from './last-choice.ts'
import { OrderChoice } from './OrderChoice.tsx'
import { SampleChoice } from './SampleChoice.tsx'
import { SignalChoice } from './SignalChoice.tsx'
import css from './TestStrip.module.css'
import type { On } from './use-tester.ts'

interface Wanting {
  /** What is still missing, in words. */
  readonly say: string
}

/** What to try the draft on, and the button that does. */
export function Chooser(props: {
  choice: Choice
  /** A sample of what begins the drawing where no order does, as text. */
  signal: string | undefined
  cases: number | undefined
  running: boolean
  onChoose: (change: Partial<Choice>) => void
  onStart: (on: On) => void
}): ReactElement {
  const { t } = useWords()
  const { choice, signal, onChoose } = props
  // Signals are few and have no list of their own to pick one from.
  const kind = signal !== undefined && choice.kind === 'order' ? 'document' : choice.kind
  const text = choice.text || (signal ?? '')
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
    if (kind === 'last') return { kind: 'last', count: choice.count }
    if (kind === 'order')
      return choice.order ? { kind: 'order', order: choice.order } : { say: t('testing.noOrder') }
    if (!text.trim()) return { say: t('testing.noDocument') }
    if (signal === undefined && !choice.connection) return { say: t('testing.noConnection') }
    const read = readDocument(text)
    if ('fault' in read) return { say: t('testing.notJson', { ...read.fault }) }
    if (signal !== undefined) return { kind: 'signal', signal: read.document }
    return { kind: 'document', connection: choice.connection, document: read.document }
  }

  return (
    <div className={css.chooser}>
      <Segmented<Choice['kind']>
        className={css.kinds ?? ''}
        size="small"
        aria-label={t('testing.onWhat')}
        value={kind}
        onChange={next => change({ kind: next })}
        options={[
          { value: 'document', label: t('testing.sample') },
          ...(signal === undefined ? [{ value: 'order' as const, label: t('testing.pastOrder') }] : []),
          { value: 'last', label: t('testing.last') },
          {
            value: 'cases',
            label: props.cases ? `${t('testing.cases')} ${props.cases}` : t('testing.cases'),
          },
        ]}
      />
      {kind === 'document' &&
        (signal === undefined ? (
          <SampleChoice choice={choice} onChoose={change} />
        ) : (
          <SignalChoice text={text} onChoose={text => change({ text })} />
        ))}
      {kind === 'order' && <OrderChoice choice={choice} onChoose={change} />}
      {kind === 'last' && (
        <>
          <Segmented<number>
            aria-label={t('testing.howMany')}
            value={choice.count}
            onChange={count => change({ count })}
            options={COUNTS.map(count => ({
              value: count,
              label: t(signal === undefined ? 'testing.lastCount' : 'testing.lastSignals', { count }),
            }))}
          />
          <p className={css.hint}>{t('testing.lastWhy')}</p>
        </>
      )}
      {kind !== 'cases' && (
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
