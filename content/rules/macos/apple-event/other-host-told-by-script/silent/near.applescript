tell application "Finder"
  activate
end tell
