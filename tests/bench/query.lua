-- One question for the proxies and the gateway alike. Environment: TOKEN, SUBJECTS (a file, one number a line), DELAY_MS (mean pause before each request).
local subjects = {}
for line in io.lines(os.getenv("SUBJECTS")) do subjects[#subjects + 1] = line end

local delay_ms = tonumber(os.getenv("DELAY_MS") or "0")
local threads = 0
function setup(thread) thread:set("offset", threads * 7919); threads = threads + 1 end

local requests = {}
function init()
  math.randomseed(offset + 1)
  local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. os.getenv("TOKEN") }
  for i, subject in ipairs(subjects) do
    requests[i] = wrk.format("POST", "/v1/records/public-security/residence/query", headers,
      '{"subject":{"scheme":"cn-resident-id","value":"' .. subject .. '"},"purpose":"rental-housing-application","fields":["name","address"]}')
  end
  at = offset
end

function request()
  at = at + 1
  return requests[at % #requests + 1]
end

-- Pauses of one length would keep all connections in step: bursts of as many requests as there are connections, and nothing between.
if delay_ms > 0 then
  function delay() return math.random(0, 2 * delay_ms) end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %.0f %.3f %.3f %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
