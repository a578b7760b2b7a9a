"""A commitment's way: only the asking body's word closes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sightline.scrutiny.domain.commitments import WAYS, Act, CommitmentState, NotNow, after, possible


@given(st.sampled_from(CommitmentState), st.sampled_from(Act), st.sampled_from(["", "  ", "It is not there yet."]))
def test_what_stands_in_the_table_alone_is_possible(state: CommitmentState, act: Act, reason: str) -> None:
    allowed = (state, act) in WAYS and (bool(reason.strip()) or not act.needs_reason)
    if allowed:
        assert after(state, act, reason=reason) is WAYS[state, act]
    else:
        with pytest.raises(NotNow):
            after(state, act, reason=reason)
    assert (act in possible(state)) is ((state, act) in WAYS)


def test_a_refusal_says_where_it_stands() -> None:
    with pytest.raises(NotNow, match="Only what its owner has claimed done can be accepted; it stands as “Open”"):
        after(CommitmentState.OPEN, Act.ACCEPT)
    with pytest.raises(NotNow, match="Give the reason"):
        after(CommitmentState.CLAIMED, Act.RETURN)


class Way(RuleBasedStateMachine):
    """Any order of acts at all."""

    def __init__(self) -> None:
        super().__init__()
        self.state = CommitmentState.OPEN
        self.claimed = False
        self.done: list[Act] = []

    @rule(act=st.sampled_from(Act), reason=st.sampled_from(["", "because"]))
    def do(self, act: Act, reason: str) -> None:
        try:
            self.state = after(self.state, act, reason=reason)
        except NotNow:
            return
        self.done.append(act)

    @invariant()
    def accepted_only_right_after_a_claim(self) -> None:
        if self.state is CommitmentState.ACCEPTED:
            assert self.done[-2:] == [Act.CLAIM, Act.ACCEPT]

    @invariant()
    def over_only_by_somebodys_act(self) -> None:
        if self.state.is_over:
            assert self.done[-1] in (Act.ACCEPT, Act.WITHDRAW)
        elif not self.done:
            assert self.state is CommitmentState.OPEN

    @invariant()
    def always_a_way_on(self) -> None:
        assert possible(self.state)


TestWay = Way.TestCase
