tell application "Terminal"
	do script "cd ~ && ./x"
end tell
