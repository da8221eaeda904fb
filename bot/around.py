"""Builds what stands around the trading: the calendar, and who keeps it."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.events.agenda import DeskAgenda
from bot.events.file import EventFile
from bot.stores import Stores, short_id
from core.agenda import KeepEvents
from core.domain.event import Source
from core.domain.market import Origin
from core.domain.people import Language
from core.owner import ZONES
from core.ports import Agenda, Clock

EVENT_ID = 8


def open_agenda(
    stores: Stores, origin: Origin, file: Path | None, language: Language
) -> DeskAgenda:
    """Times of a person's file that name no zone are those of the desk's language."""
    zone = ZoneInfo(ZONES[language])
    own = EventFile(file, Source.FILE, zone) if file else None
    return DeskAgenda(stores.events, own, counts_shipped=origin is Origin.LIVE)


def hands(clock: Clock, agenda: Agenda) -> dict[str, Any]:
    """What handlers ask for by name."""
    return {"keep_events": KeepEvents(clock, agenda, lambda: short_id(EVENT_ID))}
