tell application "System Events" to tell process "Mail" to perform action "AXPress" of menu item 3 of menu 1
