tell application "Finder" of machine "eppc://admin:pw@mac7.local"
  activate
end tell
