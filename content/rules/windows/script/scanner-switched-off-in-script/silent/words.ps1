# AmsiUtils, amsiInitFailed: see the report
Write-Host 'AmsiScanBuffer is a function of amsi.dll'
$x = 'amsiInitFailed'
