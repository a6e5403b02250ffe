"""Files in and out: spreadsheets are checked, read in a process of their own, mapped and staged; workbooks are written."""
