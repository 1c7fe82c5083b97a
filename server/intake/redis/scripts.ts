import { script } from './script.ts'

// What stands where, per workspace:
//   …:lane:<n>         stream of the lane; its entries wait, in order
//   …:lane:<n>:reader  consumer that may read the lane
//   …:id:<event id>    entry id under which the event waits or waited; lives on for a while after it is settled
//   …:appended         how many entries were ever added: it only falls when Redis lost something

/**
 * Adds a group of events, leaving out those that are known.
 * KEYS: counter, streams. ARGV: prefix of id keys, then per event: number of its stream, id, entry, body.
 * @returns the counter, then the places (from 0) of the events that were known
 */
export const APPEND = script(
  `
local answer = { 0 }
local added = 0
for at = 2, #ARGV, 4 do
  local idKey = ARGV[1] .. ARGV[at + 1]
  if redis.call('EXISTS', idKey) == 1 then
    answer[#answer + 1] = (at - 2) / 4
  else
    local stream = KEYS[tonumber(ARGV[at]) + 2]
    redis.call('SET', idKey, redis.call('XADD', stream, '*', 'event', ARGV[at + 2], 'body', ARGV[at + 3]))
    added = added + 1
  end
end
answer[1] = redis.call('INCRBY', KEYS[1], added)
return answer
`,
  true,
)

/**
 * Adds events that were settled before (or never were in Redis), unless they wait already.
 * KEYS and ARGV as of APPEND. @returns the counter
 */
export const APPEND_AGAIN = script(
  `
local added = 0
for at = 2, #ARGV, 4 do
  local idKey = ARGV[1] .. ARGV[at + 1]
  local stream = KEYS[tonumber(ARGV[at]) + 2]
  local entry = redis.call('GET', idKey)
  if not entry or #redis.call('XRANGE', stream, entry, entry) == 0 then
    redis.call('SET', idKey, redis.call('XADD', stream, '*', 'event', ARGV[at + 2], 'body', ARGV[at + 3]))
    added = added + 1
  end
end
return redis.call('INCRBY', KEYS[1], added)
`,
  true,
)

/**
 * Makes the consumer the reader of the lane and gives it what any consumer was given and has not settled. The lane's
 * lease says that the others are out, so no idle time is waited for; their empty names are removed.
 * KEYS: stream, reader. ARGV: group, consumer, cursor, most entries.
 * @returns the cursor to go on from (`0-0`: that was all), entries
 */
export const CLAIM = script(`
redis.call('SET', KEYS[2], ARGV[2])
redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
local found = redis.call('XAUTOCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3], 'COUNT', ARGV[4])
if found[1] == '0-0' then
  for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
    local about = {}
    for at = 1, #consumer, 2 do about[consumer[at]] = consumer[at + 1] end
    if about.pending == 0 and about.name ~= ARGV[2] then
      redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], about.name)
    end
  end
end
return { found[1], found[2] }
`)

/**
 * Gives the lane's reader the entries nobody was given yet. One that is no longer the reader gets none: they would
 * stay with it unseen until the lane changes hands.
 * KEYS: stream, reader. ARGV: group, consumer, most entries. @returns entries; nil: not the reader
 */
export const READ = script(`
if redis.call('GET', KEYS[2]) ~= ARGV[2] then return false end
local found = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', ARGV[3], 'STREAMS', KEYS[1], '>')
return found and found[1][2] or {}
`)

/** KEYS: stream. ARGV: prefix of id keys, event ids. @returns those of their entries that wait */
export const FIND = script(`
local found = {}
for at = 2, #ARGV do
  local entry = redis.call('GET', ARGV[1] .. ARGV[at])
  if entry then
    local waiting = redis.call('XRANGE', KEYS[1], entry, entry)
    if waiting[1] then found[#found + 1] = waiting[1] end
  end
end
return found
`)

/**
 * Takes entries out of their streams; that they were there is remembered for a while.
 * KEYS: streams. ARGV: prefix of id keys, group, milliseconds to remember, then per event: number of its stream,
 * event id, entry id ('' where it is not known).
 */
export const SETTLE = script(`
local entries = {}
for at = 4, #ARGV, 3 do
  local idKey = ARGV[1] .. ARGV[at + 1]
  local entry = ARGV[at + 2]
  if entry == '' then entry = redis.call('GET', idKey) end
  if entry then
    local of = entries[ARGV[at]] or {}
    of[#of + 1] = entry
    entries[ARGV[at]] = of
    redis.call('PEXPIRE', idKey, ARGV[3])
  end
end
for number, of in pairs(entries) do
  local stream = KEYS[tonumber(number) + 1]
  redis.call('XACK', stream, ARGV[2], unpack(of))
  redis.call('XDEL', stream, unpack(of))
end
return true
`)

/** KEYS: streams. @returns the id of the entry that waits longest; nil when none waits */
export const OLDEST = script(`
local oldest = false
for _, stream in ipairs(KEYS) do
  local first = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
  if first then
    local ms = tonumber(string.match(first[1], '^%d+'))
    if not oldest or ms < oldest then oldest = ms end
  end
end
return oldest
`)
