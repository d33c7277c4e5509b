"""Keeping the file sound: migration, copies, inspection."""
