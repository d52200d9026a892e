"""Settings are read once, typed, and refused at start when they make no sense."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from registry.config import Settings, describe, is_address_given, load_settings, local_address
from registry.errors import SettingError


def test_defaults_stand_when_nothing_is_said() -> None:
    settings = load_settings({})
    assert settings == Settings()
    assert settings.private_url.startswith("sqlite:////")
    assert settings.private_url != settings.public_url


def test_the_environment_is_typed() -> None:
    settings = load_settings(
        {"COMMONS_DATA_DIR": "/srv/x", "COMMONS_CLAIM_HOURS": "6", "COMMONS_DEMO": "yes", "HOME": "/root"}
    )
    assert settings.data_dir == Path("/srv/x")
    assert settings.claim_hours == 6
    assert settings.demo is True
    assert settings.index_dir == Path("/srv/x/index")


@pytest.mark.parametrize(
    ("environ", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"PORT": "8177"}, "http://127.0.0.1:8177"),
        ({"PORT": "0"}, "http://127.0.0.1:8000"),
        ({"PORT": "x"}, "http://127.0.0.1:8000"),
        ({"PORT": "8177", "COMMONS_BASE_URL": "https://node.example"}, "https://node.example"),
    ],
)
def test_the_address_follows_the_port_unless_it_is_given(environ: dict[str, str], address: str) -> None:
    assert load_settings(environ).base_url == address
    assert is_address_given(environ) == ("COMMONS_BASE_URL" in environ)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"COMMONS_BASE_URL": "http://node.example"}, False),
        ({"COMMONS_BASE_URL": "HTTPS://node.example"}, True),
        ({"COMMONS_SECURE_COOKIES": "yes"}, True),
    ],
)
def test_https_follows_the_address(environ: dict[str, str], expected: bool) -> None:
    assert load_settings(environ).https_only is expected


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "commons.toml"
    file.write_text('node_name = "Lake"\nsession_hours = 3\ndemo = true\n', "utf-8")
    settings = load_settings({"COMMONS_CONFIG": str(file), "COMMONS_SESSION_HOURS": "4"})
    assert (settings.node_name, settings.session_hours, settings.demo) == ("Lake", 4, True)


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"COMMONS_CLAIM_HOURS": "soon"}, "claim_hours"),
        ({"COMMONS_CLAIM_HOURS": "0"}, "claim_hours"),
        ({"COMMONS_SESSION_HOURS": "-1"}, "session_hours"),
        ({"COMMONS_PUBLICATION_EVERY": "0"}, "publication_every"),
        ({"COMMONS_BODY_LIMIT": "0"}, "body_limit"),
        ({"COMMONS_DETECTOR_SECONDS": "0"}, "detector_seconds"),
        ({"COMMONS_DEMO": "perhaps"}, "demo"),
        ({"COMMONS_LIMITS_PERCENT": "-1"}, "limits_percent"),
        ({"COMMONS_TRUSTED_PROXIES": "proxy.example"}, "trusted_proxies"),
        ({"COMMONS_TRUSTED_PROXIES": "10.0.0.1/8"}, "trusted_proxies"),
        ({"COMMONS_PRIVATE_DATABASE": "mysql://x"}, "private_url"),
        ({"COMMONS_PUBLIC_DATABASE": "x.sqlite"}, "public_url"),
        ({"COMMONS_SECRET_KEY": "short"}, "secret_key"),
        (
            {"COMMONS_PRIVATE_DATABASE": "sqlite:///a", "COMMONS_PUBLIC_DATABASE": "sqlite:///a"},
            "public_database",
        ),
        ({"COMMONS_CONFIG": "/nowhere.toml"}, "COMMONS_CONFIG"),
    ],
)
def test_nonsense_is_refused_by_name(environ: dict[str, str], name: str) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(environ)
    assert caught.value.facts["name"] == name


@pytest.mark.parametrize(
    "address",
    [
        *(
            "nonsense",
            "",
            "node.example",
            "//node.example",
            "https://",
            "https:node.example",
            "ftp://node.example",
        ),
        *(
            "https://node.example:port",
            "https://node.example:99999",
            "https://[::1",
            "https://node.example?a=b",
        ),
        *("https://node.example#a", "https://user:word@node.example", "https://node .example", "https:// "),
        *(
            "https://node.example\n",
            "javascript://node.example",
            "https://n\u00f6de.example",
            "https:\\\\node.example",
        ),
    ],
)
def test_an_address_that_is_none_is_refused_with_what_it_should_be(address: str) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings({"COMMONS_BASE_URL": address})
    assert caught.value.facts["name"] == "base_url"
    assert "such as https://" in str(caught.value.facts["reason"])


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8000", "https://node.example/", "HTTPS://node.example/commons", "http://[::1]:8000"],
)
def test_whole_addresses_are_taken(address: str) -> None:
    assert load_settings({"COMMONS_BASE_URL": address}).base_url == address


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("[::1]", "http://[::1]:80"),
    ],
)
def test_where_a_server_listens_is_an_address(host: str, address: str) -> None:
    assert local_address(host, 80) == address
    assert load_settings({"COMMONS_BASE_URL": address}).base_url == address


@pytest.mark.parametrize("text", ["colour = 1", "= broken"])
def test_a_bad_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "commons.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingError):
        load_settings({"COMMONS_CONFIG": str(file)})


def test_settings_say_where_they_come_from_and_hide_secrets(tmp_path: Path) -> None:
    file = tmp_path / "commons.toml"
    file.write_text('node_name = "Lake"\n', "utf-8")
    key = "k" * 40
    shown = {
        item.name: item
        for item in describe(
            {"COMMONS_CONFIG": str(file), "COMMONS_SECRET_KEY": key, "COMMONS_LANGUAGE": "fr"}
        )
    }
    assert shown["node_name"].source == str(file)
    assert shown["language"].source == "COMMONS_LANGUAGE"
    assert shown["demo"].source == "default"
    assert shown["secret_key"].value == "(hidden)"
    assert shown["limits_store"].value == "memory://"
    assert not any(key in str(item) for item in shown.values())
    assert all(item.says for item in shown.values())
    assert set(shown) == {item.name for item in fields(Settings)}


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().demo = True  # type: ignore[misc] # trying is the test
