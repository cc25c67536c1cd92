/**
 * The one write of a restore: record, audit entries, the instance's claim, the indexes and what is owed, together or
 * not at all.
 *
 * KEYS: record, claim, open, ended, due, redraw, owing, audit, by-person, submission
 * ARGV: id, expected version ('0' to create), new version, document, requested at ms, due at ms or '',
 *       ended at ms or '', owes messages '1' or '', not after ms, save id, then the new history entries as JSON
 * Replies: {'saved'}, {'conflict'}, {'claimed', id of the holder}, {'late'}
 */
export const SAVE_SCRIPT = `
local id, expected, version, document = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local requestedAt, dueAt, endedAt, owes = ARGV[5], ARGV[6], ARGV[7], ARGV[8]

-- A Redis that was stuck carries out what it took long after the person was told that it failed.
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > tonumber(ARGV[9]) then return {'late'} end

local current = redis.call('HGET', KEYS[1], 'version') or '0'
if current ~= expected then
  -- A connection that was lost sends what was not answered once more: then this very save was carried out already.
  if current == version and redis.call('HGET', KEYS[1], 'save') == ARGV[10] then return {'saved'} end
  return {'conflict'}
end

local holder = redis.call('GET', KEYS[2])
if expected == '0' then
  -- A form that is delivered again after its restore has ended would ask for another.
  local earlier = redis.call('GET', KEYS[10])
  if earlier then return {'claimed', earlier} end
  if holder then return {'claimed', holder} end
  redis.call('SET', KEYS[10], id, 'PX', 3600000)
  redis.call('SET', KEYS[2], id)
  redis.call('ZADD', KEYS[3], requestedAt, id)
  redis.call('ZADD', KEYS[9], requestedAt, id)
elseif holder ~= id and redis.call('ZSCORE', KEYS[3], id) then
  -- An open restore that does not hold its instance must not move: a claim that cannot be established blocks.
  return {'claimed', holder or ''}
end

redis.call('HSET', KEYS[1], 'version', version, 'document', document, 'save', ARGV[10])
for entry = 11, #ARGV do
  redis.call('XADD', KEYS[8], '*', 'restore', id, 'entry', ARGV[entry])
end
if dueAt == '' then redis.call('ZREM', KEYS[5], id) else redis.call('ZADD', KEYS[5], dueAt, id) end
if owes == '' then redis.call('SREM', KEYS[7], id) else redis.call('SADD', KEYS[7], id) end
redis.call('HSET', KEYS[6], id, version)
if endedAt ~= '' and redis.call('ZREM', KEYS[3], id) == 1 then
  redis.call('ZADD', KEYS[4], endedAt, id)
  if holder == id then redis.call('DEL', KEYS[2]) end
end
return {'saved'}
`;
