use Net::DBus;
my $b=Net::DBus->system;my $s=$b->get_service('org.freedesktop.systemd1');my $o=$s->get_object('/org/freedesktop/systemd1','org.freedesktop.systemd1.Manager');
$o->StartTransientUnit('a.service','fail',[],[]);
