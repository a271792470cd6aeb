tell application "Mail" to check for new mail
