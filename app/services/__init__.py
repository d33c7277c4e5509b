"""One function per thing a person does; one session, one commit."""
