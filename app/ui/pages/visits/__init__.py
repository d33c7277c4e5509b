"""走访登记: the form as printed beside what is typed."""
