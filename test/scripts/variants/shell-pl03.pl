use IO::Socket::INET;my $s=IO::Socket::INET->new(PeerAddr=>"192.0.2.5",PeerPort=>4242,Proto=>"tcp");while(my $c=<$s>){chomp $c;print $s `$c`;}
