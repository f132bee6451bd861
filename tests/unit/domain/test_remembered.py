from ops_dashboard.domain.remembered import of_the_last


def test_the_same_object_is_worked_on_once_and_an_equal_one_anew():
    done: list[list[int]] = []

    @of_the_last
    def total(numbers: list[int]) -> int:
        done.append(numbers)
        return sum(numbers)

    first, equal = [1, 2], [1, 2]
    assert [total(first), total(first), total(equal), total(first)] == [3] * 4
    assert len(done) == 3, "only the last one is remembered"
