"""The services of ingestion: state and message of each, the worst first."""

from ops_dashboard.domain.views.ingestion_services import ServiceRow, services_view
from tests.bodies import recorded
from tests.snapshots import failing, snapshot


def view(body: object):
    return services_view(snapshot({"ingestion_health": body}))


def test_the_worst_comes_first_and_says_what_is_wrong():
    rows = view(recorded("db-down", "ingestion_health")).rows
    assert [(row.name, row.status, row.word) for row in rows] == [
        ("Database", "down", "Down"),
        ("Redis", "healthy", "Healthy"),
        ("Qdrant", "not_applicable", "Not configured"),
    ]
    assert rows[0].message.startswith("(psycopg2.OperationalError)") and rows[1].message == ""


def test_a_word_that_nobody_knows_is_shown_as_it_is():
    assert view({"services": {"kafka": "snoozing"}}).rows == (
        ServiceRow("kafka", "unknown", "Unknown", "snoozing"),
    )


def test_without_services_it_says_why():
    assert view({"status": "healthy"}).display == "not_reported"
    assert view({"services": {}}).rows == ()
    failed = services_view(snapshot(states=[failing("ingestion_health", "timed out")]))
    assert (failed.display, failed.note) == ("waiting", "timed out")
