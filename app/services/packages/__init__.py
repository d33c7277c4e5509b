"""What leaves this office: sealing, channels, trust, and who may write in its name."""
