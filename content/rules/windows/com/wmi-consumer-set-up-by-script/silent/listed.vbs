Set s = GetObject("winmgmts:\\.\root\subscription")
For Each c In s.ExecQuery("SELECT * FROM CommandLineEventConsumer")
  WScript.Echo c.Name & ": " & c.CommandLineTemplate
Next
