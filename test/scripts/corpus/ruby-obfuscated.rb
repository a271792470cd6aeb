require 'base64'
eval Base64.decode64("c3lzdGVtKCdpZCcp")
c = [116,107,108,98,110,106].map { |x| (x ^ 3).chr }.join
system(c)
p = "kcos.rekcod/nur/".reverse
require 'socket'
UNIXSocket.open(p)
system(["756e616d65"].pack('H*'))
