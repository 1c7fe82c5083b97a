import { theme as antd, type ThemeConfig } from 'antd'
import type { Density } from './preferences.ts'
import { type Theme, tokens } from './tokens.ts'

export const FONT =
  '-apple-system, BlinkMacSystemFont, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Segoe UI", sans-serif'

/** Ant Design dressed in our tokens. */
export function antdTheme(theme: Theme, density: Density): ThemeConfig {
  const colour = tokens[theme]
  const base = theme === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm
  return {
    algorithm: density === 'compact' ? [base, antd.compactAlgorithm] : base,
    token: {
      fontFamily: FONT,
      fontSize: 14,
      borderRadius: 6,
      colorPrimary: colour.accent,
      colorInfo: colour.accent,
      colorLink: colour.accentText,
      colorLinkHover: colour.accent,
      colorSuccess: colour.ok,
      colorWarning: colour.warn,
      colorError: colour.bad,
      colorBgLayout: colour.page,
      colorBgContainer: colour.surface,
      colorBgElevated: colour.raised,
      colorText: colour.text,
      colorTextSecondary: colour.textSoft,
      colorTextTertiary: colour.textFaint,
      colorTextDescription: colour.textSoft,
      colorTextPlaceholder: colour.textFaint,
      colorBorder: colour.lineStrong,
      colorBorderSecondary: colour.line,
      controlOutlineWidth: 3,
    },
    components: {
      Table: {
        headerBg: colour.surface,
        headerColor: colour.textSoft,
        rowHoverBg: colour.hover,
        cellPaddingBlockSM: 7,
      },
      Progress: { defaultColor: colour.accent },
      Tabs: {
        itemSelectedColor: colour.accentText,
        itemHoverColor: colour.accentText,
        inkBarColor: colour.accentText,
      },
      Drawer: { colorBgElevated: colour.surface },
    },
  }
}
