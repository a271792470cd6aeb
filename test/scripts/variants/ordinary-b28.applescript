tell application "Finder"
  set n to name of front window
end tell
do shell script "date"
set t to current application's NSWorkspace's sharedWorkspace()'s runningApplications()
