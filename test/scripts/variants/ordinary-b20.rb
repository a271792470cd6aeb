names=%w[a b c]
puts names.map(&:upcase).join(',').reverse
puts ['616263'].pack('H*')
obj=Object.new
obj.instance_eval{ @x=1 }
puts 'abc'.send(:reverse)
system('bundle','install')
