"""What a person does with records: key, save, attach, take back, look up what a field means."""
