set n to do shell script "ls -1 ~/Documents | wc -l"
display dialog n
