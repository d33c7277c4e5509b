"""The frame around the pages: navigation, header, messages, hints."""
