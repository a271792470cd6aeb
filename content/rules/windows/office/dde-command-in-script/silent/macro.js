var word = new ActiveXObject("Word.Application");
var channel = word.DDEInitiate("Excel", "march.xls");
word.DDEExecute(channel, '[RUN("march.xls!Executive")]');
