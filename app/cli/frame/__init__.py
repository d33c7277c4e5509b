"""What every command shares: options, opening, output, progress."""
