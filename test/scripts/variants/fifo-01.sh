mkfifo -m 600 /run/orders
while read -r line; do eval "$line"; done < /run/orders
