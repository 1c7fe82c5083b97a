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
  { path: '/', word: 'frame.overview', icon: <DashboardOutlined /> },
  { path: '/workflows', word: 'frame.workflows', icon: <PartitionOutlined /> },
  { path: '/orders', word: 'frame.orders', icon: <ShoppingOutlined /> },
  { path: '/stock', word: 'frame.stock', icon: <DatabaseOutlined /> },
  { path: '/tasks', word: 'frame.tasks', icon: <CarryOutOutlined /> },
  { path: '/connections', word: 'frame.connections', icon: <ApiOutlined /> },
  { path: '/settings', word: 'frame.settings', icon: <SettingOutlined /> },
]
