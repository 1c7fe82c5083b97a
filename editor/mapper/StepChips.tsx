import { PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, type MenuProps, Popover } from 'antd'
import { type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { Row } from './language.ts'
import { useMapping } from './mapper-state.ts'
import { isMapped, placeOf, ruleOf, type Step, withRule, withSteps } from './rules.ts'
import { StepForm } from './StepForm.tsx'
import { newStep, optionsOf, stepDetail } from './step-words.ts'
import css from './TargetRow.module.css'

/** How a field's value is changed on its way, step by step. */
export function StepChips({ row }: { row: Row }): ReactElement {
  const { t, say, language: tongue } = useWords()
  const { rules, change, language, trial } = useMapping()
  const [open, setOpen] = useState<number>()
  const rule = ruleOf(rules, row.key)
  const steps = rule?.transforms ?? []
  const name = say(row.target.name)
  const transformOf = (use: string) => language.transforms.find(each => each.use === use)
  const set = (next: readonly Step[], merge?: string) =>
    change(
      withRule(rules, row.key, each => withSteps(each, next)),
      merge,
    )

  const add = (use: string) => {
    const transform = transformOf(use)
    if (!transform) return
    set([...steps, newStep(transform)])
    if (optionsOf(transform).some(({ isOptional }) => !isOptional)) setOpen(steps.length)
  }
  const suits = language.transforms.filter(each => each.suits.includes(row.target.type))
  const others = language.transforms.filter(each => !each.suits.includes(row.target.type))
  const entry = (each: (typeof suits)[number]) => ({ key: each.use, label: say(each.name) })
  const menu: MenuProps = {
    items: [
      ...suits.map(entry),
      { key: 'others', label: t('mapper.otherSteps'), children: others.map(entry) },
    ],
    onClick: ({ key }) => add(key),
  }
  const faulty = faultySteps(placeOf(rules, row.key), trial?.problems ?? [])
  return (
    <>
      {steps.map((step, index) => {
        const transform = transformOf(step.use)
        const word = say(transform?.name) || step.use
        const detail = stepDetail(step, transform, tongue)
        return (
          <Popover
            // Steps are told apart by their places alone.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            open={open === index}
            onOpenChange={shown => setOpen(shown ? index : undefined)}
            trigger="click"
            title={word}
            destroyOnHidden
            content={
              <StepForm
                step={step}
                transform={transform}
                inItems={row.key.startsWith('items.')}
                isFirst={index === 0}
                onChange={next => set(steps.with(index, next), `${row.key}/step/${index}`)}
                onEarlier={() => {
                  set(steps.with(index, steps[index - 1] ?? step).with(index - 1, step))
                  setOpen(index - 1)
                }}
                onRemove={() => {
                  set(steps.toSpliced(index, 1))
                  setOpen(undefined)
                }}
              />
            }
          >
            <button
              type="button"
              className={`${css.chip} ${faulty.has(index) ? css.chipFault : ''}`}
              aria-label={t('mapper.step', { name: detail ? `${word} ${detail}` : word })}
            >
              {word}
              {detail && <span className={css.detail}>{detail}</span>}
            </button>
          </Popover>
        )
      })}
      {isMapped(rule) && (
        <Dropdown menu={menu} trigger={['click']}>
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined aria-hidden />}
            className={css.quiet ?? ''}
            aria-label={t('mapper.addStepTo', { name })}
            title={t('mapper.addStep')}
          />
        </Dropdown>
      )}
    </>
  )
}

/** Steps the server found fault with: `fields/3/transforms/0`. */
function faultySteps(
  place: string | undefined,
  problems: readonly { readonly at: string }[],
): ReadonlySet<number> {
  const base = `${place}/transforms/`
  return new Set(
    problems.flatMap(({ at }) => (at.startsWith(base) ? [Number.parseInt(at.slice(base.length), 10)] : [])),
  )
}
