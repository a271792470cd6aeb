my @k=unpack('C*','Zq');my $i=0;my $o='';for my $b (57,16,54,18){$o.=chr($b^$k[$i++%@k]);}system($o);
