use framework "OSAKit"
set s to current application's OSAScript's alloc()'s initWithSource:"do shell script \"who\" & \"ami\""
