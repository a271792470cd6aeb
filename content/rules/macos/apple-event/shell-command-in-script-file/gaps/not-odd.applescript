do shell script "/Users/ines/run-me"
