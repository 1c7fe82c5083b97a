import type { ReactElement } from 'react'
import { parseYuan, yuanText } from './money.ts'
import { ParsedInput } from './ParsedInput.tsx'

/** An amount, shown in yuan and kept in fen. */
export function MoneyInput(props: {
  label: string
  id?: string
  value: number | undefined
  placeholder?: string | undefined
  width?: number
  isBad?: boolean
  describedBy?: string | undefined
  focusAtOnce?: boolean
  onChange: (fen: number | undefined) => void
}): ReactElement {
  return <ParsedInput {...props} prefix="¥" show={yuanText} parse={parseYuan} />
}
