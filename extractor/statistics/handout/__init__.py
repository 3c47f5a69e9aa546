"""What is handed out of series: the workbook with its sheets, and the rows that every format is written from."""
