"""Who is at the phone, and in which chat."""

from bot.demo.telegram.people import Person
from bot.demo.telegram.person.body import Body, Unusable
from bot.demo.telegram.service import Service


def who(service: Service, body: Body) -> Person:
    """The owner, unless the request names somebody else."""
    person_id = body.integer("from")
    if person_id is None:
        return service.contacts.owner
    if person_id <= 0:
        raise Unusable('"from" must be the positive id of a user.')
    return service.contacts.person(person_id)


def where(service: Service, body: Body) -> int:
    """The chat that is named, else one's own with the bot."""
    return body.integer("chat") or who(service, body).id
