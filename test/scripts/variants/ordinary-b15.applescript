use framework "Foundation"
use scripting additions
set d to current application's NSDate's |date|()
set f to current application's NSDateFormatter's alloc()'s init()
f's setDateFormat:"yyyy"
set s to (f's stringFromDate:d) as text
display dialog s
