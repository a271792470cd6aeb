#!/usr/bin/perl
use MIME::Base64;
eval(decode_base64("c3lzdGVtKCdpZCcpOw=="));
my $n = join('', map { chr($_ ^ 5) } (42,113,104,117,42,43,99,108,99,106));
use POSIX; POSIX::mkfifo($n, 0600);
my $c = reverse("imaohw");
system($c);
system(pack("H*", "756e616d65202d61"));
