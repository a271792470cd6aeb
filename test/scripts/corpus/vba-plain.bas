Attribute VB_Name = "Module1"
Private Declare PtrSafe Function CreateRemoteThread Lib "kernel32" (ByVal h As LongPtr) As LongPtr
Sub AutoOpen()
    Dim sh As Object
    Set sh = CreateObject("WScript.Shell")
    sh.Run "powershell -nop -c Get-Process", 0
    c = Application.DDEInitiate("cmd", "/c calc")
    Shell "cmd.exe /c whoami", vbHide
End Sub
