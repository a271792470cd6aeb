use framework "AppKit"
set w to current application's NSWorkspace's sharedWorkspace()
w's launchApplication:"Terminal"
