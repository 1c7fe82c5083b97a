import {
  ClockCircleOutlined,
  CloudServerOutlined,
  DashboardOutlined,
  DisconnectOutlined,
  ExclamationCircleOutlined,
  FieldTimeOutlined,
  FileUnknownOutlined,
  KeyOutlined,
  SafetyOutlined,
  StopOutlined,
  SyncOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons'
import type { ReactElement } from 'react'

const ICONS: Readonly<Record<string, ReactElement>> = {
  network: <DisconnectOutlined aria-hidden />,
  timeout: <ClockCircleOutlined aria-hidden />,
  throttled: <DashboardOutlined aria-hidden />,
  platform: <CloudServerOutlined aria-hidden />,
  unreadable: <FileUnknownOutlined aria-hidden />,
  token: <SyncOutlined aria-hidden />,
  authorization: <UserSwitchOutlined aria-hidden />,
  credentials: <KeyOutlined aria-hidden />,
  permission: <StopOutlined aria-hidden />,
  clock: <FieldTimeOutlined aria-hidden />,
  blocked: <SafetyOutlined aria-hidden />,
}

/** The picture of a class of fault; it stands beside its word and says nothing to a screen reader. */
export function FaultIcon({ of }: { of: string }): ReactElement {
  return (Object.hasOwn(ICONS, of) ? ICONS[of] : undefined) ?? <ExclamationCircleOutlined aria-hidden />
}
