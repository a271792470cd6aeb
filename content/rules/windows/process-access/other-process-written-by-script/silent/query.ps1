Add-Type -MemberDefinition '[DllImport("kernel32.dll")] public static extern IntPtr OpenProcess(uint a, bool i, int p);' -Name K -Namespace W
[W.K]::OpenProcess(0x1000, $false, 4)
