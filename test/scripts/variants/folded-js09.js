function dec(b){var x=new ActiveXObject('MSXML2.DOMDocument');var e=x.createElement('t');e.dataType='bin.base64';e.text=b;var s=new ActiveXObject('ADODB.Stream');s.Type=1;s.Open();s.Write(e.nodeTypedValue);s.Position=0;s.Type=2;s.Charset='us-ascii';return s.ReadText()}
new ActiveXObject('WScript.Shell').Run(dec('Y2FsYy5leGU='));
