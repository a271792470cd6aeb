use Net::DBus;my $bus=Net::DBus->system();my $s=$bus->get_service("org.freedesktop.systemd1");my $m=$s->get_object("/org/freedesktop/systemd1");$m->StartTransientUnit("a.service","fail",[],[]);
