import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import css from './SearchField.module.css'

const TYPING_MS = 300

/** Search over a list: asks once typing pauses, not at every letter. */
export function SearchField(props: {
  label: string
  value: string
  onSearch: (text: string) => void
}): ReactElement {
  const { label, value, onSearch } = props
  const [typed, setTyped] = useState(value)
  const [followed, setFollowed] = useState(value)
  if (value !== followed) {
    setFollowed(value)
    setTyped(value)
  }
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = setTimeout(() => onSearch(typed.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed, value, onSearch])
  return (
    <Input
      className={css.search}
      type="search"
      allowClear
      prefix={<SearchOutlined aria-hidden />}
      placeholder={label}
      aria-label={label}
      value={typed}
      onChange={event => setTyped(event.target.value)}
      onPressEnter={() => onSearch(typed.trim())}
    />
  )
}
