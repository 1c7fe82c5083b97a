import { type ReactElement, type ReactNode, useMemo } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { type Choice, catalog, typedField } from './catalog.ts'
import { fieldSections, sourceField, sourceFields } from './field-sections.ts'
import { Picker } from './Picker.tsx'
import { useSight } from './sight.ts'

/** Picks what a line begins with, or is held against, from all that is in sight here. */
export function FieldPicker(props: {
  label: string
  placeholder: string
  /** What is picked now, in words, and its key in the list. */
  chosen?: string | undefined
  chosenKey?: string | undefined
  /** Leaves only what fits. */
  fits?: (choice: Choice) => boolean
  plain?: boolean
  prefix?: ReactNode
  focusAtOnce?: boolean
  onPick: (choice: Choice) => void
}): ReactElement {
  const { t, say } = useWords()
  const { fields, sometimes, samples } = useSight()
  const { fits } = props
  const listed = useMemo(
    () =>
      once(() => {
        const open = fields.find(field => field.open)
        const leaves = open ? sourceFields(samples[0], open).map(field => sourceChoice(field.path)) : []
        const all = [...catalog(fields, sometimes, { t, say }), ...leaves]
        const choices = fits ? all.filter(fits) : all
        return { choices, sections: fieldSections(choices, samples, { t, say }) }
      }),
    [fields, sometimes, samples, fits, t, say],
  )
  const asTyped = (typed: string) => {
    const isPath = fields.some(
      ({ path, open }) => open && typed.startsWith(`${path}.`) && !typed.endsWith('.'),
    )
    return isPath && !fits ? { key: typed, name: typed, hint: t('rules.typeAny') } : undefined
  }
  return (
    <Picker
      label={props.label}
      placeholder={props.placeholder}
      chosen={props.chosen}
      chosenKey={props.chosenKey}
      sections={() => listed().sections}
      search={t('rules.searchFields')}
      none={fields.length === 0 ? t('rules.noFields') : t('rules.nothingFound')}
      plain={props.plain ?? false}
      prefix={props.prefix}
      focusAtOnce={props.focusAtOnce ?? false}
      asTyped={asTyped}
      onPick={key => props.onPick(listed().choices.find(choice => choice.key === key) ?? sourceChoice(key))}
    />
  )
}

/** Made when it is first needed, then kept. */
function once<V>(make: () => V): () => V {
  let made: { readonly value: V } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function sourceChoice(path: string): Choice {
  const field = sourceField(path)
  return {
    key: path,
    name: path,
    section: 'source',
    typed: typedField(field),
    subject: { kind: 'field', path },
    isSometimes: false,
    found: path.toLowerCase(),
  }
}
