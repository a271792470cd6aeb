set n to text returned of (display dialog "Name of the folder" default answer "")
do shell script "mkdir -p ~/Documents/" & quoted form of n
