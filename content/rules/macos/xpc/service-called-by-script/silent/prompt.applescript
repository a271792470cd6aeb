do shell script "softwareupdate -l" with administrator privileges
