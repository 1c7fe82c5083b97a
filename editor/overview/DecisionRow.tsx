import { memo, type ReactElement } from 'react'
import { Link } from 'react-router'
import type { Decision } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { channelWord, outcomeWord } from '../parts/code-words.ts'
import { Moment } from '../parts/Moment.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { subjectPath } from '../parts/subject-path.ts'
import css from './Decisions.module.css'

/** One decision in one line: when, which order, how it came out, and why. */
export const DecisionRow = memo(function DecisionRow({ decision }: { decision: Decision }): ReactElement {
  const { say, language } = useWords()
  const { orderId, orderKey, channel, customer, status, outcome, at } = decision
  return (
    <li className={css.row}>
      <span className={css.at}>
        <Moment at={at} clock />
      </span>
      <span className={css.state}>
        <StateMark status={status} word={outcomeWord(outcome, language)} />
      </span>
      <span className={css.sentence} title={say(decision.sentence)}>
        {say(decision.sentence)}
      </span>
      <span className={css.order}>
        <Link to={subjectPath(orderKey, orderId)}>{orderId}</Link>
      </span>
      <span className={css.who}>
        {channel && channelWord(channel, language)} {customer}
      </span>
    </li>
  )
})
