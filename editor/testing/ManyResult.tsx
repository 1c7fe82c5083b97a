import type { ReactElement } from 'react'
import type { Language } from '../../server/workflow/text.ts'
import type { TestResult, TestRun } from '../api/test-contract.ts'
import { countText } from '../format/number.ts'
import type { T } from '../i18n/i18n.ts'
import { useWords } from '../i18n/use-words.ts'
import { findingOf, isChanged } from './finding.ts'
import css from './ManyResult.module.css'
import { OutcomeMark } from './OutcomeMark.tsx'
import { outcomeText } from './outcome-text.ts'

const MOVES_TOLD = 3

/** What became of many orders: the finding, outcomes live and in the draft, and the orders that change. */
export function ManyResult(props: { result: TestResult; onLook: (run: TestRun) => void }): ReactElement {
  const { t, language } = useWords()
  const { result, onLook } = props
  const newestFirst = result.runs.toReversed()
  const changed = newestFirst.filter(isChanged)
  const others = newestFirst.filter(run => !isChanged(run))
  const wasLive = result.outcomes.some(({ before }) => before > 0)
  return (
    <article>
      <h3 className={css.finding}>
        {findingText(result, t, language)}
        {result.failed > 0 && (
          <span className={css.failed}> · {t('testing.someFailed', { count: result.failed })}</span>
        )}
      </h3>
      {result.total > 0 && <Outcomes result={result} wasLive={wasLive} />}
      {changed.length > 0 && (
        <Orders title={t('testing.changedOrders')} runs={changed} wasLive onLook={onLook} />
      )}
      {others.length > 0 && (
        <Orders title={t('testing.sameOrders')} runs={others} wasLive={false} onLook={onLook} />
      )}
    </article>
  )
}

function findingText(result: TestResult, t: T, language: Language): string {
  const finding = findingOf(result)
  const count = result.total
  if (finding.kind === 'nothing') return t('testing.noLast')
  if (finding.kind === 'new') return t('testing.allNew', { count })
  if (finding.kind === 'same') return t('testing.noneChanged', { count })
  if (finding.moves.length === 0) return t('testing.someChangedBare', { count, changed: result.changed })
  const moves = finding.moves.slice(0, MOVES_TOLD).map(move =>
    t('testing.move', {
      from: outcomeText(move.from, t, language),
      to: outcomeText(move.to, t, language),
      count: move.count,
    }),
  )
  return t('testing.someChanged', {
    count,
    changed: result.changed,
    moves: moves.join(t('testing.moveJoin')),
  })
}

function Outcomes({ result, wasLive }: { result: TestResult; wasLive: boolean }): ReactElement {
  const { t, language } = useWords()
  return (
    <table className={css.outcomes} aria-label={t('testing.outcomes')}>
      <thead>
        <tr>
          <th scope="col">{t('testing.outcome')}</th>
          {wasLive && <th scope="col">{t('testing.live')}</th>}
          <th scope="col">{t('testing.draft')}</th>
          {wasLive && <th scope="col">{t('testing.difference')}</th>}
        </tr>
      </thead>
      <tbody>
        {result.outcomes.map(({ outcome, count, before }) => (
          <tr key={outcome} data-changed={wasLive && count !== before}>
            <th scope="row">{outcomeText(outcome, t, language)}</th>
            {wasLive && <td>{countText(before)}</td>}
            <td>{countText(count)}</td>
            {wasLive && <td>{differenceText(count - before)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function differenceText(difference: number): string {
  if (difference === 0) return ''
  return difference > 0 ? `+${countText(difference)}` : `−${countText(-difference)}`
}

function Orders(props: {
  title: string
  runs: readonly TestRun[]
  wasLive: boolean
  onLook: (run: TestRun) => void
}): ReactElement {
  const { t, say, language } = useWords()
  return (
    <table className={css.orders}>
      <caption>{props.title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('testing.order')}</th>
          {props.wasLive && <th scope="col">{t('testing.live')}</th>}
          <th scope="col">{t('testing.draft')}</th>
        </tr>
      </thead>
      <tbody>
        {props.runs.map(run => (
          <tr key={run.event}>
            <th scope="row">
              <button
                type="button"
                className={css.look}
                title={t('testing.look')}
                onClick={() => props.onLook(run)}
              >
                {run.orderId}
              </button>
            </th>
            {props.wasLive && (
              <td>
                {run.before && (
                  <>
                    <b>{outcomeText(run.before.outcome, t, language)}</b>
                    <span className={css.why}>{say(run.before.sentence)}</span>
                  </>
                )}
              </td>
            )}
            <td>
              <OutcomeMark run={run} />
              <span className={css.why}>{say(run.sentence)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
