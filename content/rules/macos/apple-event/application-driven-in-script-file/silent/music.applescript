tell application "Music"
	play track 1 of playlist "Work"
end tell
