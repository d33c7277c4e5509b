"""What an office notes beside its records: reports, ticks, reveals, settings, drafts."""
