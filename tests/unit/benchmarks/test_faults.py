"""What counts as naming a fault."""

from benchmarks.faults import naming


def test_sentence_with_the_word_names_the_fault() -> None:
    shown = [None, {"groups": [{"title": "Redis is down", "at": 3.0}]}, {"reasons": "Cannot reach redis."}]
    assert naming(shown, "redis") == ["Redis is down", "Cannot reach redis."]


def test_keys_and_parts_of_words_name_nothing() -> None:
    assert naming({"pool": "DB pools spared", "key": "db_pool|", "subject": "pool"}, "pool") == []
