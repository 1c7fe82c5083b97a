import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { BooleanControl, isTick } from './BooleanControl.tsx'
import { ChoiceControl, ChoicesControl } from './ChoiceControl.tsx'
import { ConditionControl } from './ConditionControl.tsx'
import { ConnectionControl, ConnectionsControl } from './ConnectionControl.tsx'
import { defaultWords } from './default-words.ts'
import { FieldControl } from './FieldControl.tsx'
import { type ControlProps, type FieldProps, useFieldId } from './field-props.ts'
import { JsonControl } from './JsonControl.tsx'
import { ListField } from './ListField.tsx'
import { MappingControl } from './MappingControl.tsx'
import { DurationControl, MoneyControl, NumberControl } from './NumberControl.tsx'
import { ObjectField } from './ObjectField.tsx'
import { problemsAt } from './param-problems.ts'
import { RecordField } from './RecordField.tsx'
import { Row } from './Row.tsx'
import { ScalarControl } from './ScalarControl.tsx'
import { type Control, controlOf, hintsOf } from './schema.ts'
import { TemplateControl } from './TemplateControl.tsx'
import { TextControl, TextsControl } from './TextControl.tsx'
import { WarehouseControl } from './WarehouseControl.tsx'

/** One param, asked for the way its schema and its hints say. */
export function Field(props: FieldProps): ReactElement | null {
  const words = useWords()
  const id = useFieldId(props.path)
  const { name, schema, value, path, isRequired, problems } = props
  const control = controlOf(name, schema)
  const hints = hintsOf(schema)
  const label = words.say(hints.name) || name
  if (control === 'port' || (control === 'fixed' && problems.length === 0)) return null
  if (control === 'list') return <ListField {...props} label={label} />
  if (control === 'object') return <ObjectField {...props} label={label} />
  if (control === 'record') return <RecordField {...props} label={label} />
  if (control === 'decision-table') return null
  const shown = SHOW_THEIR_OWN.has(control) ? [] : problems
  const note = value === undefined ? defaultWords(name, schema, words) : undefined
  const describedBy = [note && `${id}-note`, shown.length > 0 && `${id}-problems`].filter(Boolean).join(' ')
  const given: ControlProps = {
    ...props,
    id,
    label,
    isBad: problemsAt(problems, path).some(({ severity }) => severity === 'error'),
    describedBy: describedBy || undefined,
  }
  const Control = CONTROLS[control]
  return (
    <Row
      id={id}
      label={label}
      isOptional={!isRequired && schema.default === undefined && !hints.when}
      isNamed={control === 'boolean' && isTick(schema, isRequired) ? 'shown' : !LABELLED.has(control)}
      isWide={WIDE.has(control)}
      note={note}
      problems={shown}
    >
      <Control {...given} />
    </Row>
  )
}

type Single = Exclude<Control, 'list' | 'object' | 'record' | 'port' | 'decision-table'>

const CONTROLS: Readonly<Record<Single, (props: ControlProps) => ReactElement | null>> = {
  boolean: BooleanControl,
  choice: ChoiceControl,
  choices: ChoicesControl,
  condition: ConditionControl,
  connection: ConnectionControl,
  connections: ConnectionsControl,
  duration: DurationControl,
  field: FieldControl,
  fixed: () => null,
  json: JsonControl,
  mapping: MappingControl,
  money: MoneyControl,
  multiline: TextControl,
  number: NumberControl,
  scalar: ScalarControl,
  template: TemplateControl,
  text: TextControl,
  texts: TextsControl,
  warehouse: WarehouseControl,
}

/** Those whose control is one element a label can point to; the others name themselves. */
const LABELLED: ReadonlySet<Control> = new Set([
  'text',
  'multiline',
  'number',
  'money',
  'duration',
  'json',
  'template',
])

/** They need all the room there is. */
const WIDE: ReadonlySet<Control> = new Set(['condition', 'mapping', 'json'])

/** They show what is wrong where it is wrong. */
const SHOW_THEIR_OWN: ReadonlySet<Control> = new Set(['condition', 'mapping'])
