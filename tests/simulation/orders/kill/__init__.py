"""The real process, killed again and again while it trades at a venue and talks in a chat of others."""
