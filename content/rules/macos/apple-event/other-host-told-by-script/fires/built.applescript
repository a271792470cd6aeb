set h to "eppc://" & "mac7.local"
tell application "Terminal" of machine h to do script "id"
