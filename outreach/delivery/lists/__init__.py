"""Files for officers and departments: their columns, their cells, workbooks and CSV."""
