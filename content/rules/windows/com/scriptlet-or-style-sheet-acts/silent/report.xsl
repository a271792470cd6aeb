<?xml version="1.0"?>
<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:msxsl="urn:schemas-microsoft-com:xslt" xmlns:user="x" version="1.0">
<msxsl:script implements-prefix="user" language="JScript"><![CDATA[ function year() { var d = new ActiveXObject("Scripting.Dictionary"); return new Date().getFullYear(); } ]]></msxsl:script>
<xsl:template match="/"><xsl:value-of select="user:year()"/></xsl:template></xsl:stylesheet>
