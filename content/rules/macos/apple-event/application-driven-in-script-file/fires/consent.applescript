tell application "System Events"
	keystroke tab
	keystroke "y"
	click button "Allow" of window 1 of process "UserNotificationCenter"
end tell
