import {
  ApiOutlined,
  CarryOutOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  PartitionOutlined,
  SettingOutlined,
  ShoppingOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

interface PageEntry {
  readonly path: string
  readonly word:
    | 'frame.overview'
    | 'frame.workflows'
    | 'frame.orders'
    | 'frame.stock'
    | 'frame.tasks'
    | 'frame.connections'
    | 'frame.settings'
  readonly icon: ReactNode
}

/** The seven words of the navigation. */
export const pages: readonly PageEntry[] = [
  { path: '/', word: 'frame.overview', icon: <DashboardOutlined aria-hidden /> },
  { path: '/workflows', word: 'frame.workflows', icon: <PartitionOutlined aria-hidden /> },
  { path: '/orders', word: 'frame.orders', icon: <ShoppingOutlined aria-hidden /> },
  { path: '/stock', word: 'frame.stock', icon: <DatabaseOutlined aria-hidden /> },
  { path: '/tasks', word: 'frame.tasks', icon: <CarryOutOutlined aria-hidden /> },
  { path: '/connections', word: 'frame.connections', icon: <ApiOutlined aria-hidden /> },
  { path: '/settings', word: 'frame.settings', icon: <SettingOutlined aria-hidden /> },
]
