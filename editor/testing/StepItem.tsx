import { ExperimentOutlined } from '@ant-design/icons'
import { type ReactElement, useEffect, useRef } from 'react'
import type { TestStep } from '../api/test-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import type { FieldNames } from './field-names.ts'
import css from './OneResult.module.css'
import { StepData } from './StepData.tsx'

/** One step: what it decided and why, what it would do to the world, and what came in. */
export function StepItem(props: {
  step: TestStep
  place: number
  names: FieldNames
  failed: boolean
  here: boolean
  onSelect: (node: string) => void
}): ReactElement {
  const { t, say } = useWords()
  const { step, place, here } = props
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (here) item.current?.scrollIntoView({ block: 'nearest' })
  }, [here])
  return (
    <li ref={item} className={css.step} data-here={here} data-failed={props.failed}>
      <button
        type="button"
        className={css.name}
        aria-current={here ? 'step' : undefined}
        onClick={() => props.onSelect(step.node)}
      >
        <span className={css.place}>{place}</span>
        {say(step.label)}
        {step.portNames.map(name => (
          <span key={name.en} className={css.port}>
            {say(name)}
          </span>
        ))}
      </button>
      <p className={css.why}>{say(step.sentence) || t('testing.stepNoReason')}</p>
      {step.effects.length > 0 && (
        <ul className={css.effects} aria-label={t('testing.would')} title={t('testing.would')}>
          {step.effects.map(effect => (
            <li key={effect.zh}>
              <ExperimentOutlined aria-hidden /> {say(effect)}
            </li>
          ))}
        </ul>
      )}
      <StepData step={step} names={props.names} />
    </li>
  )
}
