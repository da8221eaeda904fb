"""The calendar: what ships with the desk, what a person's file says, and what was added in the chat."""
