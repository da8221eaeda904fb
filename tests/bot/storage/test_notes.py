"""A note is what was written last."""

from bot.storage.notes import SqlNotes
from tests.bot.storage.places import OnPostgres, OnSqlite


class NotesContract:
    async def test_a_note_is_what_was_written_last(self, database):
        notes = SqlNotes(database)
        assert await notes.get("offset") is None

        await notes.put("offset", "1")
        await notes.put("offset", "2")
        await notes.put("greeting", "안녕하세요")

        assert await notes.get("offset") == "2"
        assert await notes.get("greeting") == "안녕하세요"


class TestNotesOnSqlite(OnSqlite, NotesContract):
    pass


class TestNotesOnPostgres(OnPostgres, NotesContract):
    pass
