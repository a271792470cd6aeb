<# Rotates logs. New-Object -ComObject is not used here. #>
[CmdletBinding()]
param([Parameter(Mandatory=$true)][string]$Folder, [int]$Days = 30)
$limit = (Get-Date).AddDays(-$Days)
Get-ChildItem -Path $Folder -Filter *.log | Where-Object { $_.LastWriteTime -lt $limit } | ForEach-Object {
    Write-Verbose "removing $($_.FullName)"
    Remove-Item $_.FullName
}
Get-CimInstance -ClassName Win32_LogicalDisk | Select-Object DeviceID, FreeSpace | Export-Csv -Path "$Folder\disks.csv"
