"""Addresses of repositories as people write them: one form is sent, and every refusal says why."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.demo.repo_urls import repository
from ops_dashboard.domain.jobs.repo_url import MAX_LENGTH, Refused, RepoUrl, repo_url

CORE = "github.com/acme/core"


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        (CORE, CORE),
        (f"  {CORE}\n", CORE),
        (f"{CORE}/", CORE),
        (f"{CORE}.git", CORE),
        (f"{CORE}.git/", CORE),
        (f"https://{CORE}", CORE),
        (f"HTTPS://{CORE}.git", CORE),
        (f"http://{CORE}", CORE),
        (f"git://{CORE}.git", CORE),
        ("GitHub.COM/Acme/Core", "github.com/Acme/Core"),
        ("git@github.com:acme/core.git", CORE),
        ("git@github.com:/acme/core.git", CORE),
        ("ssh://git@github.com/acme/core.git", CORE),
        ("ssh://git@github.com:2222/acme/core.git", CORE),
        ("git+ssh://git@github.com/acme/core", CORE),
        ("git.acme.example:8443/a/b", "git.acme.example:8443/a/b"),
        ("https://git.acme.example:8443/a/b.git", "git.acme.example:8443/a/b"),
        ("gitlab.com/group/sub/project", "gitlab.com/group/sub/project"),
        ("github.com/a_b/c.d~e+f-g", "github.com/a_b/c.d~e+f-g"),
        ("10.0.0.7/a/b", "10.0.0.7/a/b"),
    ],
)
def test_every_usual_form_becomes_the_one_that_is_sent(text: str, sent: str) -> None:
    assert repo_url(text) == RepoUrl(sent)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Write the address"),
        ("   ", "Write the address"),
        ("github.com/" + "a" * MAX_LENGTH + "/b", "longer than 2,048 characters"),
        ("github.com/a/b github.com/c/d", "no spaces or line breaks"),
        ("github.com/a/b\nrm", "no spaces or line breaks"),
        ("github.com/a\u2028/b", "no spaces or line breaks"),
        ("github.com/a/\x00b", "cannot be seen"),
        ("github.com/a/b\u202e", "cannot be seen"),
        ("github.com/a/\x1b[31mb", "cannot be seen"),
        ("githüb.com/a/b", "no address of a repository has"),
        ("github.com/a/b\u0430", "no address of a repository has"),
        ("file:///etc/passwd", '"file:"'),
        ("file:/etc/passwd", '"file:"'),
        ("javascript:alert(1)", '"javascript:"'),
        ("JavaScript://github.com/a/b", '"javascript:"'),
        ("data:text/html,x", '"data:"'),
        ("ftp://github.com/a/b", '"ftp:"'),
        ("/etc/passwd", "path of a file"),
        ("../a/b", "path of a file"),
        ("~/a/b", "path of a file"),
        ("C:\\a\\b", "no host's name"),
        ("https://ana:secret@github.com/a/b", "Leave out user name and password"),
        ("ana@github.com/a/b", "Leave out user name and password"),
        ("https://git@github.com/a/b", "Leave out user name and password"),
        ("ssh://ana@github.com/a/b", "Leave out user name and password"),
        ("ssh://git:secret@github.com/a/b", "Leave out user name and password"),
        ("https://github.com@evil.example/a/b", "Leave out user name and password"),
        ("github.com/a/b?x=1", 'what begins with "?"'),
        ("github.com/a/b#readme", 'what begins with "?"'),
        ("github.com?x/a/b", 'what begins with "?"'),
        ("localhost/a/b", "no host's name"),
        ("[::1]/a/b", "no host's name"),
        ("-x.example/a/b", "no host's name"),
        ("https:///a/b", "no host's name"),
        ("https://https://github.com/a/b", "no host's name"),
        ("github.com:0/a/b", "no port"),
        ("github.com:65536/a/b", "no port"),
        ("github.com:a/b", "no port"),
        ("github.com", "names no repository"),
        ("github.com/", "names no repository"),
        ("github.com/acme", "names no repository"),
        ("github.com//a/b", '"//"'),
        ("github.com/a//b", '"//"'),
        ("github.com/a/b//", '"//"'),
        ("github.com/a/../b", '".."'),
        ("github.com/a/b..git", '".."'),
        ("github.com/./a/b", '"."'),
        ("github.com/a/.git", "has no name"),
        ("github.com/a/b;rm", "no address of a repository has"),
        ("github.com/a/b|sh", "no address of a repository has"),
        ("github.com/a/$(id)", "no address of a repository has"),
        ("github.com/a/`id`", "no address of a repository has"),
        ("github.com/a/b&c", "no address of a repository has"),
        ("github.com/a/<b>", "no address of a repository has"),
        ("github.com/a/%2e%2e", "no address of a repository has"),
        ("github.com/a\\b/c", "no address of a repository has"),
        ("github.com/a/@b", "no address of a repository has"),
        ("github.com/-a/b", 'begins with "-"'),
        ("github.com/a/--upload-pack=x", "no address of a repository has"),
        ("github.com/a/--upload-pack", 'begins with "-"'),
        ("github.com/a/b/tree/main", "page within a repository"),
        ("gitlab.com/a/b/-/issues", "page within a repository"),
    ],
)
def test_what_is_refused_says_why(text: str, why: str) -> None:
    said = repo_url(text)
    assert isinstance(said, Refused)
    assert why in said.sentence


@pytest.mark.parametrize(
    "text", ["https://ana:hunter2@github.com/a/b", "hunter2://x", "github.com/hunter2?hunter2"]
)
def test_a_refusal_repeats_no_password(text: str) -> None:
    said = repo_url(text)
    assert isinstance(said, Refused)
    assert "hunter2" not in said.sentence.replace('"hunter2:"', "")


PIECES = st.sampled_from(
    [
        "github.com",
        "https://",
        "git@",
        "ssh://",
        "/",
        "//",
        "a",
        "b.git",
        "..",
        ".",
        "-",
        ":",
        "80",
        "@",
        "?",
        " ",
        "%2e",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=9).map("".join)))
def test_whatever_is_written_what_is_sent_is_plain(text: str) -> None:
    said = repo_url(text)
    if isinstance(said, Refused):
        assert said.sentence.endswith(".") and len(said.sentence) < 200
        return
    assert re.fullmatch(r"[a-z0-9.-]+(:\d+)?(/[A-Za-z0-9_.~+-]+){2,}", said.sent)
    assert ".." not in said.sent and "//" not in said.sent
    assert repo_url(said.sent) == said or said.sent.endswith(".git")
    assert repository(said.sent) == said.sent.removesuffix(".git"), "the demo backend takes it"
