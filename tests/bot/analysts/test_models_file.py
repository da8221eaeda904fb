"""The models' file: what ships is sound and affordable, and a wrong line is one clear sentence."""

from datetime import date
from decimal import Decimal

import pytest

from bot.analysts.catalogue import Kind
from bot.analysts.models_file import load_catalogue
from bot.errors import WrongSetting
from core.domain.model import Effort, PromptKind, Usage

HOURS = 730
OPENAI = Usage(input=8_000, output=4_000)
CLAUDE = Usage(input=10_400, output=3_000)
NEWS = Usage(input=8_000, output=600, searches=1)


@pytest.fixture
def own(tmp_path):
    def write(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def month(profile):
    """Ten symbols every hour; the verifier is asked for a quarter of the hours."""
    spent = Decimal(0)
    for voice in (*profile.voices, profile.verifier, profile.news):
        usage = OPENAI if voice.model.provider == "openai" else CLAUDE
        usage = NEWS if voice.kind is PromptKind.NEWS else usage
        often = Decimal("0.25") if voice.kind is PromptKind.RISK else 1
        assert usage.output <= voice.model.max_output
        spent += HOURS * often * voice.model.price.of(usage)
    return spent


@pytest.mark.parametrize(("profile", "most"), [("economy", 12), ("balanced", 40), ("quality", 95)])
def test_a_month_of_a_shipped_profile_costs_what_it_should(profile, most):
    assert most * Decimal("0.7") < month(load_catalogue().profiles[profile]) < most


def test_even_the_longest_answers_of_the_default_keep_the_month_below_the_cap():
    voices = load_catalogue().profiles["balanced"]
    spent = sum(HOURS * v.model.worst(10_400, v.searches) for v in (*voices.voices, voices.news))
    assert spent + HOURS * voices.verifier.model.worst(10_400) / 4 < 75


def test_the_default_profile_is_who_the_desk_says_it_is():
    profile = load_catalogue().profiles["balanced"]
    assert [(v.name, v.kind) for v in profile.voices] == [
        ("gpt-6.1-terra", PromptKind.MARKET),
        ("claude-haiku-5-5", PromptKind.INDICATORS),
    ]
    assert profile.main == "gpt-6.1-terra"
    assert profile.verifier.name == "claude-sonnet-5-5"
    assert (profile.news.name, profile.news.searches) == ("perplexity/sonar", 1)
    assert load_catalogue().profiles["rules"].everyone == ()


def test_nobody_verifies_his_own_forecast_in_the_profiles_that_can_afford_better():
    for name in ("balanced", "quality"):
        profile = load_catalogue().profiles[name]
        assert profile.verifier.name not in {voice.name for voice in profile.voices}


def test_each_profile_gets_cheaper_until_nothing_is_left_to_save():
    profiles = load_catalogue().profiles
    assert (profiles["quality"].cheaper, profiles["balanced"].cheaper) == ("balanced", "economy")
    assert month(profiles["quality"]) > month(profiles["balanced"]) > month(profiles["economy"])


def test_a_model_of_ones_own_is_added_and_a_shipped_one_is_changed_key_by_key(own):
    catalogue = load_catalogue(
        own("""
        [providers.ollama]
        kind = "openai-compatible"
        base_url = "http://127.0.0.1:11434/v1/"

        [models."qwen3:14b"]
        provider = "ollama"
        input = 0
        output = 0
        effort = "none"

        [models."gpt-6.1-terra"]
        output = 4.5
        shutdown = 2027-03-01

        [profiles.home]
        voices = [{ model = "qwen3:14b", kind = "market", max_output = 2000 }]

        [profiles.balanced]
        verifier = {}
        """)
    )
    assert catalogue.providers["ollama"].kind is Kind.COMPATIBLE
    assert catalogue.providers["ollama"].base_url == "http://127.0.0.1:11434/v1"
    (voice,) = catalogue.profiles["home"].voices
    assert (voice.model.effort, voice.model.max_output) == (Effort.NONE, 2_000)
    assert voice.model.price.of(Usage(input=10**9, cached=5, cache_write=5, output=10**9)) == 0
    assert catalogue.profiles["home"].main == "qwen3:14b"
    terra = catalogue.models["gpt-6.1-terra"]
    assert (terra.price.output, terra.price.input) == (Decimal("4.5"), 1)
    assert terra.shutdown == date(2027, 3, 1)
    assert catalogue.profiles["balanced"].verifier is None
    assert len(catalogue.profiles["balanced"].voices) == 2


def test_prices_without_a_word_on_the_cache_are_the_same_with_it(own):
    added = '[models.x]\nprovider = "openai"\ninput = 3\noutput = 7\n'
    price = load_catalogue(own(added)).models["x"].price
    assert (price.cached, price.cache_write, price.search) == (3, 3, 0)


def test_the_last_day_of_an_old_model_is_known_without_being_told(own):
    added = '[models.gpt-4o]\nprovider = "openai"\ninput = 2.5\noutput = 10\n'
    assert load_catalogue(own(added)).models["gpt-4o"].shutdown == date(2027, 1, 14)


MODEL = '[models.x]\nprovider = "openai"\ninput = 1\noutput = 2\n'
VOICE = '{ model = "gpt-6.1-sol", kind = "market" }'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[models.x]\nprovider = "openai"\noutput = 2', "models.x.input is missing"),
        ('[models.x]\nprovider = "openai"\ninput = 2', "models.x.output is missing"),
        ("[models.x]\ninput = 1\noutput = 2", "models.x.provider is missing"),
        (MODEL + "cached = -1", "models.x.cached must be 0 or more"),
        (MODEL + "cached = nan", "models.x.cached must be 0 or more"),
        (MODEL + "cached = inf", "models.x.cached must be 0 or more"),
        (MODEL + 'cached = "1"', "models.x.cached must be a number"),
        (MODEL + "cached = true", "models.x.cached must be a number"),
        (MODEL + "max_output = 1e3", "models.x.max_output must be a whole number"),
        (MODEL + "max_output = 0", "models.x.max_output must be a whole number"),
        (MODEL + "cutof = 2026-01-01", "models.x.cutof means nothing; there is provider, input"),
        (MODEL + 'cutoff = "June"', "models.x.cutoff must be a day"),
        (MODEL + "cutoff = 2026-06-01T00:00:00", "models.x.cutoff must be a day"),
        (MODEL + 'effort = "max"', "models.x.effort must be one of none, low, medium, high"),
        (MODEL + 'fallbacks = "y"', "models.x.fallbacks must be a list of texts"),
        (MODEL + 'fallbacks = ["y"]', "models.x.fallbacks names y, which is not there"),
        (MODEL + 'fallbacks = ["x"]', "models.x.fallbacks goes in a circle: x → x"),
        (
            '[models.gpt-6-luna]\nfallbacks = ["gpt-6.1-terra"]',
            "models.gpt-6.1-terra.fallbacks goes in a circle: gpt-6.1-terra → gpt-6-luna → gpt-6",
        ),
        (MODEL.replace("openai", "me"), "models.x.provider names me, which is not there"),
        (MODEL.replace("x]", "trend]"), "models.trend is the name of an analyst"),
        (MODEL.replace("x]", '"a|b"]'), "models.'a|b' is no name"),
        (MODEL.replace("x]", '" "]'), "models.' ' is no name"),
        ("[models]\nx = 1", "models.x must be a table"),
        ("models = 1", "models must be a table"),
        ("as_of = 1", "as_of must be a day"),
        ("[budget]\nmonth = 1", "budget means nothing"),
        ('[providers.me]\nkind = "openai"', "providers.me.kind must be openai-compatible"),
        ('[providers.me]\nkind = "grpc"', "providers.me.kind must be one of openai, anthropic"),
        (
            '[providers.openai]\nkind = "openai-compatible"\nbase_url = "http://x"',
            "providers.openai.kind must be openai-compatible for a provider of your own",
        ),
        (
            '[providers.openai]\nbase_url = "http://x"',
            "providers.openai.base_url is a setting: OPENAI_BASE_URL",
        ),
        (
            '[providers.me]\nkind = "openai-compatible"',
            "providers.me.base_url must be an address",
        ),
        ('[profiles.x]\nvoices = [{ kind = "market" }]', "profiles.x.voices[1].model is missing"),
        ("[profiles.x]\nvoices = [1]", "profiles.x.voices[1] must be a table"),
        ("[profiles.x]\nvoices = 1", "profiles.x.voices must be a list of tables"),
        (
            '[profiles.x]\nvoices = [{ model = "gpt-7", kind = "market" }]',
            "profiles.x.voices[1].model names gpt-7, which has no price: add it under models",
        ),
        (
            f"[profiles.x]\nvoices = [{VOICE.replace('market', 'risk')}]",
            "profiles.x.voices[1].kind must be one of market, indicators",
        ),
        (
            f"[profiles.x]\nvoices = [{VOICE}, {VOICE.replace('market', 'indicators')}]",
            "profiles.x.voices names gpt-6.1-sol twice: one model is one voice",
        ),
        ('[profiles.x]\nmain = "gpt-6.1-sol"', "profiles.x.main names gpt-6.1-sol, which is none"),
        ('[profiles.x]\ncheaper = "y"', "profiles.x.cheaper names y, which is not there"),
        ('[profiles.economy]\ncheaper = "quality"', "profiles.economy.cheaper goes in a circle"),
        (
            '[profiles.x]\nnews = { model = "gpt-6-luna", searches = 1 }',
            "profiles.x.news.searches works with perplexity only",
        ),
        (
            '[profiles.x]\nchat = { model = "gpt-6-luna", searches = 1 }',
            "profiles.x.chat.searches means nothing",
        ),
        ("[profiles.x]\nleverage = 5", "profiles.x.leverage means nothing"),
        ("[models", "is not TOML: "),
        ("x = 1e9999999999999999999", "is not TOML: "),
    ],
)
def test_a_wrong_file_is_one_sentence_that_names_file_and_key(own, text, said):
    path = own(text)
    with pytest.raises(WrongSetting) as refused:
        load_catalogue(path)
    assert str(refused.value).startswith(f"MODELS_FILE: {path}: {said}")
    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(WrongSetting, match=r"^MODELS_FILE: .*nowhere\.toml: cannot be read"):
        load_catalogue(tmp_path / "nowhere.toml")
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WrongSetting, match="is not TOML"):
        load_catalogue(binary)
    binary.write_bytes(b"#" * 1_000_001)
    with pytest.raises(WrongSetting, match="too large"):
        load_catalogue(binary)
