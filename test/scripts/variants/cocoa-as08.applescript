use framework "Foundation"
set t to class "NSTask"'s launchedTaskWithLaunchPath_arguments_("/bin/sh",{"-c","id"})
