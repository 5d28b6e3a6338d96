-- A tiny event loop with timers.
local heap = require("heap")
local unpack = table.unpack or unpack

local Loop = {}
Loop.__index = Loop

local MAX_TIMERS <const> = 1000

--- Makes a loop.
-- @param clock a function that gives the time in seconds
-- @return the loop
function Loop.new(clock)
  local self = setmetatable({}, Loop)
  self.clock = clock or os.clock
  self.timers = heap.new(function(a, b)
    return a.due < b.due
  end)
  return self
end

--[[
  Calls a function after some time.
  The function gets the rest of the arguments.
]]
function Loop:after(seconds, callback, ...)
  assert(#self.timers < MAX_TIMERS, "too many timers")
  local args = { ... }
  self.timers:push({
    due = self.clock() + seconds,
    run = function()
      callback(unpack(args))
    end,
  })
end

-- Runs what is due.
local function run_due(loop)
  local now = loop.clock()
  while loop.timers:peek() and loop.timers:peek().due <= now do
    loop.timers:pop().run()
  end
end

--- Runs until nothing is left.
Loop.run = function(self)
  while self.timers:peek() do
    run_due(self)
  end
end

local noop = function() end

function Loop.util.split(text, sep)
  local parts = {}
  for part in string.gmatch(text, "[^" .. sep .. "]+") do
    parts[#parts + 1] = part
  end
  return parts
end

local handlers = {
  name = "handlers",
  -- Told of errors.
  on_error = function(message)
    print("error: " .. message)
  end,
  ["on-exit"] = function(code)
    os.exit(code)
  end,
}

function Loop:__tostring()
  return ("Loop(%d)"):format(#self.timers)
end

function debug_dump(loop) print(tostring(loop)) end

local loop = Loop.new()
loop:after(1, handlers.on_error, "late")
for i = 1, 3 do
  loop:after(i, print, i)
end
loop:run()

handlers[function(value) return value == nil end] = function(value)
  return handlers.default(value)
end

handlers["late"] = function(value) return value end

return Loop
