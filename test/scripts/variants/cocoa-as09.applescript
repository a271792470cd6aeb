use framework "Foundation"
set c to current application's NSClassFromString("NS" & "Task")
set t to c's alloc()'s init()
set t's launchPath to "/bin/sh"
set t's arguments to {"-c","id"}
t's |launch|()
