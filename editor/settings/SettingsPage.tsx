import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import type { Language } from '../../server/workflow/text.ts'
import type { Health } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { durationText } from '../format/time.ts'
import { useWords } from '../i18n/use-words.ts'
import { useStore } from '../live/store.ts'
import { type Density, prefer, preferences, type ThemeChoice } from '../look/preferences.ts'
import { PageHead } from '../parts/PageHead.tsx'
import css from './SettingsPage.module.css'
import { SignatureField } from './SignatureField.tsx'

/** 设置: how it looks, who sits here, and what runs. */
export function SettingsPage(): ReactElement {
  const { t } = useWords()
  const { language, theme, density } = useStore(preferences)
  const health = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => request<Health>('/health', { signal }),
    refetchInterval: 10_000,
  })
  const unknown = health.isError ? t('settings.uptimeUnknown') : t('parts.none')
  const store = { embedded: t('settings.storeEmbedded'), mongodb: t('settings.storeMongo') }
  return (
    <div className={css.page}>
      <PageHead title={t('frame.settings')} />
      <Group title={t('settings.look')} hint={t('settings.remembered')}>
        <Setting name={t('settings.language')}>
          <Segmented<Language>
            aria-label={t('settings.language')}
            value={language}
            onChange={value => prefer({ language: value })}
            options={[
              { value: 'zh', label: t('settings.chinese') },
              { value: 'en', label: t('settings.english') },
            ]}
          />
        </Setting>
        <Setting name={t('settings.theme')}>
          <Segmented<ThemeChoice>
            aria-label={t('settings.theme')}
            value={theme}
            onChange={value => prefer({ theme: value })}
            options={[
              { value: 'system', label: t('settings.themeSystem') },
              { value: 'light', label: t('settings.themeLight') },
              { value: 'dark', label: t('settings.themeDark') },
            ]}
          />
        </Setting>
        <Setting name={t('settings.density')}>
          <Segmented<Density>
            aria-label={t('settings.density')}
            value={density}
            onChange={value => prefer({ density: value })}
            options={[
              { value: 'middle', label: t('settings.densityMiddle') },
              { value: 'compact', label: t('settings.densityCompact') },
            ]}
          />
        </Setting>
      </Group>
      <Group title={t('settings.person')} hint={t('settings.signatureWhy')}>
        <Setting name={t('settings.signature')}>
          <div className={css.field}>
            <SignatureField label={t('settings.signature')} />
          </div>
        </Setting>
      </Group>
      <Group title={t('settings.system')}>
        <Setting name={t('settings.version')}>{health.data?.version ?? unknown}</Setting>
        <Setting name={t('settings.store')}>{health.data ? store[health.data.store] : unknown}</Setting>
        <Setting name={t('settings.uptime')}>
          {health.data ? durationText(health.data.uptimeMs, t) : unknown}
        </Setting>
      </Group>
      <Group title={t('settings.links')}>
        <Setting name={t('settings.docs')}>
          <a href="/docs" target="_blank" rel="noreferrer">
            /docs
          </a>
          <span className={css.hint}>{t('settings.docsWhy')}</span>
        </Setting>
        <Setting name={t('settings.metrics')}>
          <a href="/metrics" target="_blank" rel="noreferrer">
            /metrics
          </a>
          <span className={css.hint}>{t('settings.metricsWhy')}</span>
        </Setting>
      </Group>
    </div>
  )
}

function Group(props: { title: string; hint?: string; children: ReactNode }): ReactElement {
  return (
    <section className={css.group}>
      <h2 className={css.title}>{props.title}</h2>
      {props.hint && <p className={css.hint}>{props.hint}</p>}
      <dl>{props.children}</dl>
    </section>
  )
}

function Setting(props: { name: string; children: ReactNode }): ReactElement {
  return (
    <div className={css.setting}>
      <dt className={css.name}>{props.name}</dt>
      <dd className={css.value}>{props.children}</dd>
    </div>
  )
}
