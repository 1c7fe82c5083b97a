import {
  ApartmentOutlined,
  ClockCircleOutlined,
  CloudUploadOutlined,
  FlagOutlined,
  FormOutlined,
  InboxOutlined,
  ThunderboltOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { NodeKind } from '../../server/workflow/node-definition.ts'

/** How each kind of node looks and is called. */
export const kinds = {
  trigger: {
    icon: <ThunderboltOutlined aria-hidden />,
    colour: 'var(--kind-trigger)',
    word: 'workflows.kindTrigger',
  },
  data: { icon: <FormOutlined aria-hidden />, colour: 'var(--kind-data)', word: 'workflows.kindData' },
  decision: {
    icon: <ApartmentOutlined aria-hidden />,
    colour: 'var(--kind-decision)',
    word: 'workflows.kindDecision',
  },
  stock: { icon: <InboxOutlined aria-hidden />, colour: 'var(--kind-stock)', word: 'workflows.kindStock' },
  people: { icon: <UserOutlined aria-hidden />, colour: 'var(--kind-people)', word: 'workflows.kindPeople' },
  outside: {
    icon: <CloudUploadOutlined aria-hidden />,
    colour: 'var(--kind-outside)',
    word: 'workflows.kindOutside',
  },
  time: { icon: <ClockCircleOutlined aria-hidden />, colour: 'var(--kind-time)', word: 'workflows.kindTime' },
  end: { icon: <FlagOutlined aria-hidden />, colour: 'var(--kind-end)', word: 'workflows.kindEnd' },
} as const satisfies Record<NodeKind, { icon: ReactNode; colour: string; word: string }>
