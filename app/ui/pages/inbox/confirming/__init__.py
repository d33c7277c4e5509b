"""待确认: what clerks would say of records, confirmed or handed back by 负责人."""
