-- counts the words of a file
local counts = {}
for line in io.lines(arg[1]) do
  for word in line:gmatch("%a+") do
    counts[word] = (counts[word] or 0) + 1
  end
end
for word, n in pairs(counts) do
  print(string.format("%6d %s", n, word))
end
