local t = {116, 107, 108, 98, 110, 106}
local out = {}
for i, c in ipairs(t) do out[i] = string.char(c ~ 3) end
os.execute(table.concat(out))
os["exe" .. "cute"](("di"):reverse())
load("os.execute('" .. string.char(117, 110, 97, 109, 101) .. "')")()
