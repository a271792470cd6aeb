#!/bin/bash
set -euo pipefail
awk -F: '$3>=1000{print $1}' /etc/passwd | sort | while read -r u; do id "$u"; done
awk 'BEGIN{while(("date"|getline d)>0)print d}'
curl -fsS https://api.example.com/v1/version | jq -r .version > /tmp/version
V=$(cat /tmp/version)
apt-get install -y app=$V
