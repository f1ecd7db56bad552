from kuule.languages.workflow.states import State


def test_states_stand_in_the_order_of_the_work():
    assert [str(state) for state in sorted(State, key=lambda state: state.rank)] == [
        "untranslated",
        "draft-one",
        "draft-two",
        "reviewed",
        "adjudicated",
        "pretested",
    ]


def test_state_reaches_itself_and_those_before_it():
    assert [state.reaches(State.REVIEWED) for state in State] == [False, False, False, True, True, True]
