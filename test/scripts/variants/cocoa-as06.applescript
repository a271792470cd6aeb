use framework "Foundation"
set t to current application's NSTask's new()
set t's executableURL to current application's NSURL's fileURLWithPath:"/bin/zsh"
set t's arguments to {"-c", "i" & "d"}
t's launchAndReturnError:(missing value)
