-- Asks for the addresses of a file in turn, each thread from a place of its own.
local targets, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do targets[#targets + 1] = line end
  at = math.random(#targets)
end

function request()
  at = at % #targets + 1
  return wrk.format("GET", targets[at])
end

local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

-- Statuses are counted in each thread, and added up in `done`.
bad = 0

function response(status)
  if status ~= 200 then bad = bad + 1 end
end

function done(summary, latency)
  local others = 0
  for _, thread in ipairs(threads) do others = others + thread:get("bad") end
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("RESULT %d %.3f %.3f %.3f %.3f %d %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3, others, failed))
end
