import { createBrowserRouter } from 'react-router'
import { Crashed } from './frame/Crashed.tsx'
import { Shell } from './frame/Shell.tsx'
import { Loading } from './parts/Loading.tsx'

/** Pages by address. Each comes with its own piece of code, read when it is first opened. */
export const router = createBrowserRouter([
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: Crashed,
    HydrateFallback: Loading,
    children: [
      {
        ErrorBoundary: Crashed,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('./overview/OverviewPage.tsx')).OverviewPage }),
          },
          {
            path: 'workflows',
            lazy: async () => ({ Component: (await import('./workflows/WorkflowsPage.tsx')).WorkflowsPage }),
          },
          {
            path: 'workflows/templates',
            lazy: async () => ({
              Component: (await import('./templates/TemplateGallery.tsx')).TemplateGallery,
            }),
          },
          {
            path: 'workflows/:id',
            lazy: async () => ({ Component: (await import('./workflows/WorkflowPage.tsx')).WorkflowPage }),
          },
          {
            path: 'runs/:id',
            lazy: async () => ({ Component: (await import('./runs/RunPage.tsx')).RunPage }),
          },
          {
            path: 'orders',
            lazy: async () => ({ Component: (await import('./orders/OrdersPage.tsx')).OrdersPage }),
          },
          {
            path: 'stock',
            lazy: async () => ({ Component: (await import('./stock/StockPage.tsx')).StockPage }),
          },
          {
            path: 'tasks',
            lazy: async () => ({ Component: (await import('./tasks/TasksPage.tsx')).TasksPage }),
          },
          {
            path: 'connections',
            lazy: async () => ({
              Component: (await import('./connections/ConnectionsPage.tsx')).ConnectionsPage,
            }),
          },
          {
            path: 'settings',
            lazy: async () => ({ Component: (await import('./settings/SettingsPage.tsx')).SettingsPage }),
          },
          { path: '*', lazy: async () => ({ Component: (await import('./frame/NotFound.tsx')).NotFound }) },
        ],
      },
    ],
  },
])
