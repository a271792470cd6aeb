use framework "Foundation"
set t to current application's NSTask's alloc()'s init()
t's setLaunchPath:"/usr/bin/sw_vers"
t's setArguments:{"-productVersion"}
t's |launch|()
