$_='pnyp';tr/a-z/n-za-m/;system($_);
