use framework "Foundation"
property NSTask : a reference to current application's NSTask
set t to NSTask's alloc()'s init()
t's setLaunchPath:("/bin" & "/sh")
t's setArguments:{"-c","id"}
t's |launch|()
