my $c=reverse 'clac';system $c;
