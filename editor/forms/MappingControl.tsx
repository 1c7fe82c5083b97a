import { lazy, type ReactElement, Suspense } from 'react'
import { Loading } from '../parts/Loading.tsx'
import type { ControlProps } from './field-props.ts'

const MappingField = lazy(async () => ({
  default: (await import('../mapper/MappingField.tsx')).MappingField,
}))

export function MappingControl({ value, problems, onChange }: ControlProps): ReactElement {
  return (
    <Suspense fallback={<Loading rows={3} />}>
      <MappingField value={value} problems={problems} onChange={onChange} />
    </Suspense>
  )
}
