-- never ask with hidden answer here
display dialog "The hidden answer is 42"
