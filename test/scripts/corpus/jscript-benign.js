// Lists the printers of this host.
var locator = new ActiveXObject("WbemScripting.SWbemLocator");
var service = locator.ConnectServer(".", "root\\cimv2");
var rows = new Enumerator(service.ExecQuery("SELECT Name FROM Win32_Printer"));
for (; !rows.atEnd(); rows.moveNext()) WScript.Echo(rows.item().Name);
