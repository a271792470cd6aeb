use framework "Foundation"
set src to "do shell script \"whoami\""
set s to current application's NSAppleScript's alloc()'s initWithSource:src
s's executeAndReturnError:(missing value)
