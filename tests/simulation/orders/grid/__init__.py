"""Every accident at every moment of everything that the desk does, at every venue it trades at."""
