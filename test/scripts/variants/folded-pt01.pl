system(pack('C*',99,97,108,99));
