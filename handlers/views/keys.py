"""The accounts' keys, the questions of the form, and what came of it. Never a key itself."""

from collections.abc import Sequence

from core.domain.account import DeskAccount
from core.domain.rights import Proof, Rights
from core.domain.secret import Credential, Field, Secret
from core.errors import DeskError
from handlers.key_forms import KeyForm
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader


def keys_view(
    reader: Reader, accounts: Sequence[DeskAccount], kept: Sequence[Credential] | None
) -> View:
    """`kept` is None where the vault is not open: then nothing can be added either."""
    if not accounts:
        return View(reader.t("keys.no_accounts"))
    if kept is None:
        return View(reader.t("keys.shut"))
    tails = {(one.account, one.venue): _tail(one) for one in kept}
    lines = [
        reader.t(
            "keys.line",
            name=account.name,
            mode=reader.t.of("mode", account.mode),
            tail=tails.get((account.name, account.venue)) or reader.t("keys.missing"),
        )
        for account in accounts
    ]
    adds = tuple(
        (Key(reader.t("keys.add", name=account.name), Verb.ADD_KEY, account.name),)
        for account in accounts
    )
    return View("\n".join((reader.t("keys.title"), *lines, "", reader.t("keys.console"))), adds)


def prompt(reader: Reader, form: KeyForm, *, wrong: bool = False) -> View:
    field = reader.t.of("keys.field", form.next or Field.KEY)
    lines = [reader.t("keys.send", field=field, name=form.account.name)]
    if wrong:
        lines.insert(0, reader.t("keys.wrong"))
    if not form.said:
        lines += ["", reader.t("keys.telegram"), reader.t("keys.rights")]
    return View("\n".join(lines), _leaving(reader))


def verdict(reader: Reader, form: KeyForm, rights: Rights, *, kept: bool) -> View:
    """What the venue says of the key, and what the desk made of that."""
    lines = [*_judged(reader, rights, kept=kept), *_remarks(reader, form, rights)]
    if kept:
        lines.append(reader.t("keys.next_start"))
    asks = rights.proof is Proof.UNPROVEN and not kept
    accept = ((Key(reader.t("keys.accept"), Verb.KEEP_KEY, form.account.name),),) if asks else ()
    return View("\n".join(lines), (*accept, *(_leaving(reader) if asks else ())))


def ended(reader: Reader, form: KeyForm, error: DeskError) -> View:
    said = reader.t(error.code, **{name: str(value) for name, value in error.numbers.items()})
    lines = (said, reader.t("keys.not_kept"), *_warned(reader, form))
    return View("\n".join(lines))


def _judged(reader: Reader, rights: Rights, *, kept: bool) -> list[str]:
    if rights.proof is Proof.FORBIDDEN:
        return [reader.t("keys.too_much", rights=", ".join(rights.too_much))]
    if rights.proof is Proof.UNPROVEN and not kept:
        return [reader.t("keys.unproven")]
    return [reader.t("keys.is_kept")]


def _remarks(reader: Reader, form: KeyForm, rights: Rights) -> list[str]:
    lines = []
    if rights.bound is False:
        lines.append(reader.t("keys.unbound"))
    if rights.trades is False:
        lines.append(reader.t("keys.looks_only"))
    return [*lines, *_warned(reader, form)]


def _warned(reader: Reader, form: KeyForm) -> list[str]:
    return [reader.t("keys.undeleted")] if form.kept_by_telegram else []


def _tail(kept: Credential) -> str:
    return kept.fields.get(Field.KEY, Secret("")).tail


def _leaving(reader: Reader) -> Keyboard:
    return ((Key(reader.t("keys.leave"), Verb.LEAVE_KEY),),)
