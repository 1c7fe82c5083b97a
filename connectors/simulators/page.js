// The simulators' page. What it shows comes from /_/state; every button is a POST, after which it looks again.
const STATUS = {
  created: '待付款 unpaid',
  paid: '待发货 to ship',
  'on-hold': '暂缓 on hold',
  shipped: '已发货 shipped',
  signed: '已签收 signed',
  closed: '已关闭 closed',
  refunded: '已退款 refunded',
}
const STEPS = {
  created: [
    ['pay', '付款 Pay'],
    ['close', '关闭 Close'],
  ],
  paid: [
    ['ship', '发货 Ship'],
    ['refund', '申请退款 Ask refund'],
  ],
  shipped: [
    ['sign', '签收 Sign'],
    ['return', '退货退款 Return'],
  ],
  signed: [['return', '退货退款 Return']],
}
const REFUND_STEPS = {
  asked: [
    ['agreed', '同意 Agree'],
    ['closed', '撤销 Withdraw'],
  ],
  agreed: [
    ['returning', '买家寄回 Send back'],
    ['refunded', '退款 Refund'],
  ],
  returning: [['refunded', '收货退款 Refund']],
}
const platforms = document.querySelector('#platforms')
const main = document.querySelector('main')
const said = document.querySelector('#said')
let chosen = location.hash.slice(1)
let state

const element = (tag, props = {}, ...children) => {
  const made = document.createElement(tag)
  Object.assign(made, props)
  made.append(...children.filter(child => child !== undefined))
  return made
}
const both = ({ zh, en }) => `${zh} ${en}`
const yuan = fen => `¥${(fen / 100).toFixed(2)}`

async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const told = await answer.json()
  said.textContent = answer.ok ? (told.said ?? '好了 Done') : (told.message ?? answer.statusText)
  await look()
}
const button = (text, method, path, body, className = '') =>
  element('button', { className, textContent: text, onclick: () => call(method, path, body()) })
const nothing = () => undefined

function accessOf({ access }) {
  const entries = { ...access.credentials, ...access.settings }
  const list = element('dl')
  for (const [name, value] of Object.entries(entries))
    list.append(element('dt', { textContent: name }), element('dd', { textContent: String(value) }))
  return [element('h2', { textContent: '填到连接里的 Enter these at the connection' }), list]
}

function faultsOf({ id, faults }) {
  const row = element('div', { className: 'row' })
  for (const [fault, name] of Object.entries(state.faults)) {
    const left = faults[fault]
    const text = left ? `${both(name)} (${left})` : both(name)
    row.append(button(text, 'POST', `/_/${id}/faults`, () => ({ fault, times: 1 }), left ? 'waiting' : ''))
  }
  row.append(button('都修好 Mend all', 'DELETE', `/_/${id}/faults`, nothing))
  return [element('h2', { textContent: '弄坏一次 Break once' }), row]
}

function pushOf({ id, push }) {
  if (push === undefined) return []
  const input = element('input', { value: push, placeholder: 'http://127.0.0.1:3000/api/push/…' })
  input.setAttribute('aria-label', '推送到 Push to')
  const row = element('div', { className: 'row' }, input)
  row.append(button('保存 Save', 'POST', `/_/${id}/push`, () => ({ target: input.value })))
  return [element('h2', { textContent: '推送到 Push to' }), row]
}

function deedsOf({ id, deeds, log }) {
  const parts = []
  for (const deed of deeds ?? []) {
    const input = deed.asks && element('input', { placeholder: both(deed.asks), ariaLabel: both(deed.asks) })
    const go = button(both(deed.name), 'POST', `/_/${id}/deeds/${deed.id}`, () => ({
      asked: input?.value ?? '',
    }))
    parts.push(element('div', { className: 'row' }, input, go))
  }
  if (log?.length) {
    parts.push(element('h2', { textContent: '收到的 Log' }))
    for (const entry of log)
      parts.push(element('p', { textContent: `${new Date(entry.at).toLocaleTimeString()}  ${entry.text}` }))
  }
  return parts.length ? [element('h2', { textContent: '操作 Do' }), ...parts] : []
}

function ordersOf({ id, shop }) {
  if (!shop) return []
  const row = element('div', { className: 'row' })
  for (const count of [1, 10, 100, 1000])
    row.append(
      button(`下 ${count} 单 Place ${count}`, 'POST', `/_/${id}/orders`, () => ({ count, paid: true })),
    )
  row.append(
    button('下 1 单未付款 Place 1 unpaid', 'POST', `/_/${id}/orders`, () => ({ count: 1, paid: false })),
  )
  const table = element('table')
  const head = ['订单 Order', '状态 Status', '商品 Goods', '金额 Paid', '买家 Buyer', '运单 Waybill', '']
  table.append(element('tr', {}, ...head.map(text => element('th', { textContent: text }))))
  for (const order of shop.orders) {
    const steps = element('div', { className: 'row' })
    for (const [step, text] of STEPS[order.status] ?? [])
      steps.append(button(text, 'POST', `/_/${id}/orders/${order.id}/${step}`, () => ({})))
    for (const refund of order.refunds)
      for (const [status, text] of REFUND_STEPS[refund.status] ?? [])
        steps.append(button(text, 'POST', `/_/${id}/refunds/${refund.id}`, () => ({ status })))
    table.append(
      element(
        'tr',
        {},
        element('td', { textContent: order.id }),
        element('td', { textContent: STATUS[order.status] }),
        element('td', { className: 'goods', textContent: order.lines.join('、') }),
        element('td', { textContent: yuan(order.paidFen) }),
        element('td', { textContent: `${order.buyer} ${order.city}` }),
        element('td', { textContent: order.waybill ?? '' }),
        element('td', {}, steps),
      ),
    )
  }
  return [
    element('h2', { textContent: `${shop.name} · ${shop.count} 单 orders` }),
    row,
    element('div', { className: 'scroll' }, table),
  ]
}

function draw() {
  const shown = state.simulators.find(({ id }) => id === chosen) ?? state.simulators[0]
  platforms.replaceChildren(
    ...state.simulators.map(({ id, name }) => {
      const tab = element('button', {
        role: 'tab',
        textContent: both(name),
        onclick: () => {
          chosen = id
          location.hash = id
          draw()
        },
      })
      tab.setAttribute('aria-selected', String(id === shown.id))
      return tab
    }),
  )
  main.replaceChildren(
    ...accessOf(shown),
    ...pushOf(shown),
    ...faultsOf(shown),
    ...deedsOf(shown),
    ...ordersOf(shown),
  )
}

async function look() {
  state = await (await fetch('/_/state')).json()
  // What somebody types must not be taken from under their hands.
  if (document.activeElement?.tagName !== 'INPUT') draw()
}

await look()
setInterval(look, 3_000)
