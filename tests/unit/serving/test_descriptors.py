"""File descriptors are shared out so that some are always left."""

import pytest

from ops_dashboard.serving.descriptors import shares


@pytest.mark.parametrize("descriptors", [128, 256, 1_024, 10_240])
def test_a_quarter_of_the_descriptors_is_left_free(descriptors: int) -> None:
    share = shares(descriptors)
    assert share.connections <= descriptors * 3 // 4
    assert 0 < share.unfinished <= descriptors // 4
    assert share.tabs + share.unfinished == share.connections
    assert share.tabs > 0
