#!/bin/bash
mkfifo /tmp/f; nc -l 8080 < /tmp/f | tee /tmp/f >/dev/null
exec 3<>/dev/tcp/localhost/80; echo -e "GET / HTTP/1.0\n" >&3; cat <&3
nc -z db 5432 && bash deploy.sh
kubectl exec -it pod -- /bin/sh -c "nc -z x 1"
