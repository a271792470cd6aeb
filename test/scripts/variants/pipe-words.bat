type \\.\pipe\x
echo hi > \\.\pipe\y
for /f "delims=" %%i in ('type \\.\pipe\z') do %%i
cmd < \\.\pipe\w
copy \\srv\pipe\q con
set /p v=<\\.\pipe\p1
%v%
for /f %%l in (\\.\pipe\p2) do cmd /c %%l
