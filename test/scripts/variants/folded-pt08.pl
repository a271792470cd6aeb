my $x='63616c63';$x=~s/(..)/chr hex $1/ge;system $x;
