import createError from '@fastify/error'

/** For sentences with four holes; the library's own types stop at three. */
const withFourHoles = <C extends string, S extends number>(code: C, message: string, status: S) =>
  createError<C, S, [string, string, string, string]>(code, message, status)

/**
 * Every coded error a request may get: code, what happened and what to do, HTTP status.
 * `%s` are filled in order. Answers are `{ code, message, details? }`.
 */
export const errors = {
  BodyNotJson: createError('BODY_NOT_JSON', '请求体不是有效的 JSON:%s / The body is not valid JSON: %s', 400),
  BodyInvalid: createError('BODY_INVALID', '%s', 400),
  BodyTooLarge: createError(
    'BODY_TOO_LARGE',
    '请求体超过上限 %s MB / The body is larger than the limit of %s MB',
    413,
  ),
  MediaTypeUnsupported: createError(
    'MEDIA_TYPE_UNSUPPORTED',
    '不支持的内容类型“%s” / Content type "%s" is not supported here',
    415,
  ),
  RequestInvalid: createError('REQUEST_INVALID', '请求参数有误:%s / The request is not valid: %s', 400),
  CursorInvalid: createError(
    'CURSOR_INVALID',
    '翻页游标无效,请从第一页重新查询 / The cursor is not one of ours; ask for the first page again',
    400,
  ),
  OriginRefused: createError(
    'ORIGIN_REFUSED',
    '拒绝来自其他网页的请求(%s) / Requests of other web pages (%s) are refused',
    403,
  ),
  TooManyOrders: createError(
    'TOO_MANY_ORDERS',
    '一次最多提交 %s 单,请分批提交 / At most %s orders at once; send them in parts',
    413,
  ),
  FileBroken: withFourHoles('FILE_BROKEN', '文件“%s”读不出来:%s / File "%s" cannot be read: %s', 400),
  FileMissing: createError('FILE_MISSING', '请求里没有文件 / The request holds no file', 400),
  Exists: withFourHoles('EXISTS', '%s“%s”已存在 / %s "%s" exists already', 409),
  SettingsInvalid: createError(
    'SETTINGS_INVALID',
    '连接设置有误:%s / The settings of the connection are not valid: %s',
    400,
  ),
  ConnectionInUse: createError(
    'CONNECTION_IN_USE',
    '连接“%s”已经有订单或对外操作,不能移除;不再使用时请停用 / Something came by connection "%s" already; switch it off instead of removing it',
    409,
  ),
  SecretUnreadable: createError(
    'SECRET_UNREADABLE',
    '保存的密钥打不开(%s):数据目录里的 secret.key 或 SECRET_KEY 与保存时不同。请恢复原来的,或重新填写密钥 / What was sealed cannot be opened (%s): secret.key or SECRET_KEY is another than then. Restore it, or enter the credentials anew',
    500,
  ),
  ConnectorFailed: createError('CONNECTOR_FAILED', '%s / %s', 502),
  CannotTest: createError(
    'CANNOT_TEST',
    '连接“%s”没有可测试的接口 / Connection "%s" has nothing to test',
    409,
  ),
  CannotAuthorize: createError(
    'CANNOT_AUTHORIZE',
    '连接“%s”不需要授权 / Connection "%s" needs no authorisation',
    409,
  ),
  AuthorizationStale: createError(
    'AUTHORIZATION_STALE',
    '这次授权已过期或不是从这里发起的,请回到连接重新点授权 / This authorisation is too old or was not begun here; begin it again at the connection',
    400,
  ),
  CannotPush: createError('CANNOT_PUSH', '连接“%s”不接收平台推送 / Connection "%s" takes no pushes', 404),
  CannotReveal: createError(
    'CANNOT_REVEAL',
    '订单“%s”的收件人信息没有可解密的来源 / There is no way to reveal the receiver of order "%s"',
    409,
  ),
  CannotPoll: createError(
    'CANNOT_POLL',
    '连接“%s”只接收推送,不能主动拉取 / Connection "%s" is pushed to; there is nothing to poll',
    409,
  ),
  NothingPublished: createError(
    'NOTHING_PUBLISHED',
    '流程“%s”尚未发布 / Workflow "%s" is not published yet',
    409,
  ),
  QuarantineClosed: withFourHoles(
    'QUARANTINE_CLOSED',
    '隔离记录“%s”已处理(%s) / Quarantine entry "%s" is already %s',
    409,
  ),
  OutboxNotRetryable: withFourHoles(
    'OUTBOX_NOT_RETRYABLE',
    '外部调用“%s”处于 %s 状态,不能重发 / Outward call "%s" is %s and cannot be sent again',
    409,
  ),
  EventNotRetryable: withFourHoles(
    'EVENT_NOT_RETRYABLE',
    '事件“%s”处于 %s 状态,无需重新处理 / Event "%s" is %s; there is nothing to send on its way again',
    409,
  ),
  HostNotLoopback: createError(
    'HOST_NOT_LOOPBACK',
    '还没有登录功能,服务只能监听本机地址:请把 HOST 从“%s”改为 127.0.0.1 / Nobody has to sign in yet, so the server listens on this machine only: change HOST from "%s" to 127.0.0.1',
    500,
  ),
  Internal: createError(
    'INTERNAL',
    '服务内部错误,已记录,编号 %s / Something went wrong on our side; it is logged as %s',
    500,
  ),
  UnsupportedFile: createError(
    'UNSUPPORTED_FILE',
    '无法读取文件“%s”:请上传 CSV、XLSX、JSON 或 NDJSON / Cannot read file "%s": upload CSV, XLSX, JSON or NDJSON',
    415,
  ),
  NotFound: withFourHoles('NOT_FOUND', '找不到%s“%s” / No %s "%s"', 404),
  ConnectionPaused: createError(
    'CONNECTION_PAUSED',
    '连接“%s”已停用,请先启用 / Connection "%s" is switched off',
    409,
  ),
  DraftChanged: createError(
    'DRAFT_CHANGED',
    '草稿已被他人修改(当前版次 %s),请刷新后再保存 / The draft was changed meanwhile (now revision %s); reload before saving',
    409,
  ),
  WorkflowInvalid: createError(
    'WORKFLOW_INVALID',
    '流程还有 %s 处错误,改好后才能发布 / The workflow has %s errors; mend them before publishing',
    422,
  ),
  CasesFailed: withFourHoles(
    'CASES_FAILED',
    '%s 个用例没有得到预期的结果(%s),未发布 / %s cases did not come out as they must (%s); nothing was published',
    422,
  ),
  TooManyCases: createError(
    'TOO_MANY_CASES',
    '一个流程最多 %s 个用例,请先删除不再需要的 / A workflow has at most %s cases; delete some first',
    409,
  ),
  WorkflowArchived: createError(
    'WORKFLOW_ARCHIVED',
    '流程“%s”已归档,请先恢复 / Workflow "%s" is archived; bring it back first',
    409,
  ),
  WorkflowFileInvalid: createError(
    'WORKFLOW_FILE_INVALID',
    '这个文件不能作为流程导入:%s / The file cannot be imported as a workflow: %s',
    400,
  ),
  TemplateValuesInvalid: createError(
    'TEMPLATE_VALUES_INVALID',
    '模板参数有误:%s / The values of the template are not valid: %s',
    400,
  ),
  SourceGone: createError(
    'SOURCE_GONE',
    '订单“%s”的原始数据已过保留期,不能再用来测试 / The source document of order "%s" is no longer kept and cannot be tried again',
    409,
  ),
  RunNotFailed: createError('RUN_NOT_FAILED', '运行“%s”没有失败,无需重试 / Run "%s" has not failed', 409),
  TaskClosed: createError('TASK_CLOSED', '待办“%s”已处理 / Task "%s" is already closed', 409),
  ChoiceUnknown: withFourHoles(
    'CHOICE_UNKNOWN',
    '“%s”不是可选项:%s / "%s" is not among the choices: %s',
    400,
  ),
  StockWouldGoNegative: createError(
    'STOCK_WOULD_GO_NEGATIVE',
    '可用库存不足,未做任何改动:%s / Not enough is available, nothing was changed: %s',
    409,
  ),
  WaitInvalid: createError(
    'WAIT_INVALID',
    '参数 wait 的值“%s”不对:请写 1ms 到 10s 之间的时长,如 500ms、2s / Parameter wait is "%s"; give a time from 1ms to 10s, like 500ms or 2s',
    400,
  ),
  RateLimited: withFourHoles(
    'RATE_LIMITED',
    '连接“%s”每秒最多收 %s 单,本次请求没有受理任何订单,请按 Retry-After 稍后重试 / Connection "%s" takes at most %s orders per second; nothing of this request was accepted, retry after Retry-After',
    429,
  ),
  NotFrozen: createError(
    'NOT_FROZEN',
    '商品“%s”没有停售,可能刚被别人恢复,请刷新 / "%s" is not off sale; someone may just have put it back: reload',
    409,
  ),
  Busy: createError(
    'BUSY',
    '积压已满,请在 %s 秒后重试,未受理任何订单 / The backlog is full; retry in %s s, nothing was accepted',
    503,
  ),
  BufferUnreachable: withFourHoles(
    'BUFFER_UNREACHABLE',
    '订单缓冲(Redis)暂时不可用:%s。未受理任何订单,请在 %s 秒后重试 / The buffer (Redis) cannot be used now: %s. Nothing was accepted; retry in %s s',
    503,
  ),
  StoreFull: createError(
    'STORE_FULL',
    '数据所在的磁盘已满,这次没有保存。请清理磁盘空间后重试;腾出空间后会自动恢复,无需重启 / The disk with the data is full and this was not saved. Make room, then retry: it goes on by itself',
    507,
  ),
  Stopping: createError('STOPPING', '服务正在停止,请稍后重试 / The server is stopping; retry shortly', 503),
} as const
