my $s=join ',',map{uc}qw(a b);print scalar reverse('abc'),"\n";my @b=unpack('C*','abc');my $x=pack('N',1);printf "%s\n",$s;my $o=`ls -l`;
while(<STDIN>){chomp;print "$_\n"}
