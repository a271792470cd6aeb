k='Zq'
s=[57,16,54,18]
system s.each_with_index.map{|b,i| (b ^ k[i%k.size].ord).chr}.join
