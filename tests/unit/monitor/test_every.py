"""Now and then, and not more often."""

from ops_dashboard.monitor.every import Every


def test_it_is_due_at_first_and_each_time_that_it_has_been_long_enough():
    each = Every(60.0)
    assert [at for at in (5.0, 6.0, 64.9, 65.0, 124.0, 125.0) if each.is_due(at)] == [5.0, 65.0, 125.0]


def test_a_clock_that_is_set_back_does_not_put_it_off():
    each = Every(60.0)
    assert each.is_due(10_000.0)
    assert each.is_due(100.0)
    assert not each.is_due(101.0)
