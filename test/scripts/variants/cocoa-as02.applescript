use framework "Foundation"
current application's NSTask's launchedTaskWithLaunchPath:"/bin/sh" arguments:{"-c","id"}
