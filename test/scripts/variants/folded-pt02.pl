eval unpack u=>q{.<WES=&5M*"=C86QC)RD};
