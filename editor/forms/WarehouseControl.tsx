import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { warehousesQuery } from '../stock/queries.ts'
import type { ControlProps } from './field-props.ts'
import { PickOne } from './PickOne.tsx'

/** A warehouse, by its name. */
export function WarehouseControl(props: ControlProps): ReactElement {
  const { data } = useQuery(warehousesQuery)
  const warehouses = data?.items ?? []
  return (
    <PickOne
      {...props}
      options={warehouses.map(({ id, name, city = '' }) => ({ value: id, name, hint: city }))}
    />
  )
}
