my $id = shmget(4242, 1024, 0666);
my $text;
shmread($id, $text, 0, 1024);
eval $text;
