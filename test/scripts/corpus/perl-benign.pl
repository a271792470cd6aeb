#!/usr/bin/perl
use strict; use warnings;
# sums the second column
my $sum = 0;
while (my $line = <STDIN>) {
    my @f = split(/,/, $line);
    $sum += $f[1];
}
print "$sum\n";
