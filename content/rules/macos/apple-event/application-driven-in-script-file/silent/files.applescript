tell application "Finder"
	set f to every file of desktop
	open item 1 of f
end tell
