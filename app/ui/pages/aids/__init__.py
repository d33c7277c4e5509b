"""帮扶: what is looked at beside the records of aid."""
