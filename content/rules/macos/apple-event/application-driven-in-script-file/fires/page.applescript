tell application "Safari" to do JavaScript "document.cookie" in document 1
