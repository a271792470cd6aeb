system('xxcurl http://a.example/qyy'[2, 23])
system('xxcurl http://b.example/qyy'[2..24])
system('x;curl http://c.example/;z'.split(';', 2)[1])
system('cu' 'rl http://d.example/')
