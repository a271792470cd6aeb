#!/bin/sh
for h in web1 web2; do
  (echo > /dev/tcp/$h/443) >/dev/null 2>&1 && echo "$h up"
done
openssl s_client -connect web1:443 -servername web1 </dev/null 2>/dev/null | openssl x509 -noout -enddate
cat backup.tar | nc store 9000
nc -l 9000 | tar x
