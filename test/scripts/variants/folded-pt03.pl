my $s='" -"'^('A'x4);system($s);
