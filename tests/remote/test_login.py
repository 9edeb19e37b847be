"""Who one is to a store: read from the environment, offered as the store asks for it, and never shown."""

from __future__ import annotations

import logging
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import BytesIO

import pytest

from kg.engine.http import Http
from kg.engine.login import Login, login_from
from kg.engine.store import Store
from kg.engine.wire import Patience
from kg.errors import EngineUnavailable, KgError
from kg.export.loading import load_store
from kg.graph.build import Rdf
from tests.remote.fakes import Asked, Fake, Replying, Talk, in_turn, says
from tests.remote.kit import Connect, results, the_error
from tests.remote.standard import PASSWORD, TOKEN, USER, Standard

pytestmark = pytest.mark.usefixtures("no_lists")

SELECT = "SELECT ?x { ?s ?p ?x }"
#: Of a store that is gone soon.
RIGHT = {"basic": Login(USER, PASSWORD), "digest": Login(USER, PASSWORD), "bearer": Login(token=TOKEN)}
DIGEST = 'Digest realm="r", nonce="n{}", qop="auth", algorithm=MD5'
EMPTY = says(results("x"))


def refused(challenge: str = "", status: int = 401) -> Replying:
    return says("No.", "text/plain", status, **({"WWW_Authenticate": challenge} if challenge else {}))


@pytest.mark.parametrize("auth", list(RIGHT))
def test_the_right_login_is_let_in(auth: str) -> None:
    with Standard(auth) as store:
        with closing(Store(store.url, RIGHT[auth])) as asked:
            for _ in range(3):
                assert asked.answer("ASK {}").boolean
        assert store.connections == 1
        assert len(store.asked) == 3 + (auth != "bearer"), "it is asked who it is once"


@pytest.mark.parametrize("auth", list(RIGHT))
@pytest.mark.parametrize("login", [Login(USER, "wrong"), Login("nobody", PASSWORD), Login("", "", "wrong"), Login()])
def test_any_other_is_told_that_it_is_not(connect: Connect, auth: str, login: Login) -> None:
    with Standard(auth) as store:
        error = the_error(connect(store.url, login), SELECT, EngineUnavailable)
        assert "KG_ENDPOINT_USER" in error.say("zh") and "KG_ENDPOINT_USER" in str(error)
        assert len(store.asked) <= 2, "and does not try again and again"


def test_a_password_is_offered_only_when_the_store_asks(fake: Fake, connect: Connect) -> None:
    fake.reply = EMPTY
    connect(fake, Login(USER, PASSWORD)).ask(SELECT)
    assert "authorization" not in fake.asked[0].headers


def test_a_token_is_offered_from_the_start(fake: Fake, connect: Connect) -> None:
    fake.reply = EMPTY
    connect(fake, Login(token=TOKEN)).ask(SELECT)
    assert fake.asked[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_a_digest_counts_and_is_made_anew_for_each_request_and_for_each_new_nonce() -> None:
    with Standard("digest") as store:
        with closing(Store(store.url, Login(USER, PASSWORD))) as asking:
            for _ in range(3):
                assert asking.answer("ASK {}").boolean
            store.forget_nonces()
            assert asking.answer("ASK {}").boolean
        said = [asked.headers.get("authorization", "") for asked in store.asked]
    assert len(said) == 6
    assert len({each for each in said if each}) == 5


def _who(asked: Asked) -> str:
    return asked.headers.get("authorization", "").partition(" ")[0]


def test_a_password_is_not_offered_openly_to_a_store_that_wants_its_digest(fake: Fake, connect: Connect) -> None:
    """A refusal without a challenge, as of one act that this user may not do, does not ask for anything."""
    fake.reply = in_turn(refused(DIGEST.format(1)), EMPTY, refused(status=403), EMPTY)
    engine = connect(fake, Login(USER, PASSWORD))
    engine.ask(SELECT)
    the_error(engine, SELECT, EngineUnavailable)
    engine.ask(SELECT)
    assert {_who(asked) for asked in fake.asked} == {"", "Digest"}


def test_a_refusal_that_asks_for_nothing_is_offered_no_password(fake: Fake, connect: Connect) -> None:
    fake.reply = in_turn(refused(status=403), EMPTY)
    the_error(connect(fake, Login(USER, PASSWORD)), SELECT, EngineUnavailable)
    assert [_who(asked) for asked in fake.asked] == [""]


@pytest.mark.parametrize("challenge", ['Basic realm="r"', DIGEST.format(1), DIGEST.format("{}")])
def test_two_who_are_asked_who_they_are_at_the_same_time_are_both_let_in(fake: Fake, challenge: str) -> None:
    both = threading.Barrier(2)

    def reply(asked: Asked, talk: Talk) -> None:
        if not _who(asked):
            both.wait(30)
            refused(challenge.format(asked.connection))(asked, talk)
        else:
            EMPTY(asked, talk)

    fake.reply = reply
    with Http(fake.url, Login(USER, PASSWORD)) as http, ThreadPoolExecutor(2) as threads:

        def ask(_: int) -> int:
            with http.send("POST", b"", {}, Patience(30)) as exchange:
                exchange.told()
                return exchange.status

        assert list(threads.map(ask, range(2))) == [200, 200]


@pytest.mark.parametrize(
    "challenge",
    [
        'digest realm="r", nonce="n"',
        'Digest realm="r", nonce="n", qop="auth,auth-int"',
        'Digest realm="r", nonce="n", qop="auth-int, auth"',
        'Digest realm="r", nonce="n", algorithm=md5, qop="auth"',
        'Digest realm="a, b \\" c", nonce="n", qop="auth"',
        'Basic realm="r", charset="UTF-8"',
        "basic",
        'Negotiate, Basic realm="r"',
        'Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth", Digest realm="r", nonce="n", algorithm=MD5',
    ],
)
def test_a_challenge_is_understood_however_it_is_written(fake: Fake, connect: Connect, challenge: str) -> None:
    fake.reply = lambda asked, talk: (EMPTY if _who(asked) else refused(challenge))(asked, talk)
    assert connect(fake, Login(USER, PASSWORD)).ask(SELECT).empty


@pytest.mark.parametrize(
    "challenge",
    [
        'Digest realm="r", nonce="n", algorithm=SHA-512-256, qop="auth"',
        'Digest realm="r", nonce="n", algorithm=MD5-sess, qop="auth"',
        'Digest realm="r", nonce="n", qop="auth-int"',
        "Digest",
        'Digest nonce="n"',
        "Digest ,,,=,",
        "NTLM",
    ],
)
def test_a_challenge_that_nobody_here_can_answer_is_one_clear_error(
    fake: Fake, connect: Connect, challenge: str
) -> None:
    fake.reply = refused(challenge)
    error = the_error(connect(fake, Login(USER, PASSWORD)), SELECT, EngineUnavailable)
    assert fake.url in str(error)


@pytest.mark.parametrize("auth", ["Basic", "Digest"])
@pytest.mark.parametrize(
    ("user", "password"), [("读者", "密码🔑"), ("lécteur", "é"), ('a"b\\c', 'p"w\\'), ("a:b", "c:d")]
)
def test_a_name_and_a_password_may_hold_any_sign(
    fake: Fake, connect: Connect, auth: str, user: str, password: str
) -> None:
    challenge = DIGEST.format(1) if auth == "Digest" else 'Basic realm="r"'
    fake.reply = lambda asked, talk: (EMPTY if _who(asked) == auth else refused(challenge))(asked, talk)
    assert connect(fake, Login(user, password)).ask(SELECT).empty


@pytest.mark.parametrize("token", [f"{TOKEN}\n", f"{TOKEN}\r\nX-Evil: 1", f" {TOKEN}", f"{TOKEN}令牌"])
def test_a_token_that_no_header_can_hold_is_an_error_that_does_not_show_it(
    fake: Fake, connect: Connect, token: str
) -> None:
    fake.reply = EMPTY
    try:
        connect(fake, Login(token=token)).ask(SELECT)
    except KgError as error:
        said = f"{error} {error.say('zh')} {error!r} {error.__cause__!r} {error.__context__!r}"
        assert TOKEN not in said
    assert not any("x-evil" in asked.headers for asked in fake.asked)


def test_nothing_shows_a_login() -> None:
    for login in (Login(USER, PASSWORD), Login(token=TOKEN)):
        shown = f"{login!r} {login} {[login]} {login:}"
        assert not any(secret in shown for secret in (USER, PASSWORD, TOKEN))
        assert login and login != Login()
    assert not Login()
    assert pickle.loads(pickle.dumps(Login(USER, PASSWORD))) == Login(USER, PASSWORD)  # noqa: S301 (our own)


@pytest.mark.parametrize(
    ("environment", "login"),
    [
        ({}, Login()),
        ({"KG_ENDPOINT_USER": "", "KG_ENDPOINT_PASSWORD": "", "KG_ENDPOINT_TOKEN": ""}, Login()),
        ({"KG_ENDPOINT_USER": USER, "KG_ENDPOINT_PASSWORD": PASSWORD}, Login(USER, PASSWORD)),
        ({"KG_ENDPOINT_TOKEN": TOKEN}, Login(token=TOKEN)),
    ],
)
def test_the_environment_names_who_asks(
    environment: dict[str, str], login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert login_from(environment) == login
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert login_from() == login


@pytest.mark.parametrize(("there", "missing"), [("USER", "PASSWORD"), ("PASSWORD", "USER")])
def test_half_a_login_is_an_error_that_names_the_other_half(there: str, missing: str) -> None:
    with pytest.raises(KgError) as caught:
        login_from({f"KG_ENDPOINT_{there}": PASSWORD})
    for lang in ("zh", "en"):
        said = caught.value.say(lang)
        assert f"KG_ENDPOINT_{missing}" in said and f"KG_ENDPOINT_{there}" in said
        assert PASSWORD not in said


@pytest.mark.parametrize("auth", list(RIGHT))
def test_no_log_ever_holds_a_secret(
    auth: str, twice_rdf: Rdf, connect: Connect, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with Standard(auth) as store:
        load_store(store.url, RIGHT[auth], BytesIO(twice_rdf.nquads))
        connect(store, RIGHT[auth]).ask(SELECT)
    out, err = capfd.readouterr()
    assert not any(secret in text for secret in (PASSWORD, TOKEN) for text in (caplog.text, out, err))
