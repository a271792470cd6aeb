Set x = CreateObject("Excel.Application")
x.Workbooks.Open "report.xls"
