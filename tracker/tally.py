"""What a run did to the store, for the operator and for the checks that hold a run back."""


class Tally:
    """Counts of measures by what became of them, and of action texts that no rule knew.

    `judged` had a stage before; `lost_actions` and `went_back` are keys of measures that would lose
    most of their history, or fall back to an earlier stage; `canary` says what the run's canary lost.
    """

    def __init__(self) -> None:
        self.new = self.changed = self.unchanged = self.churned = 0
        self.actions = self.unknown_actions = 0
        self.judged = 0
        self.lost_actions: list[str] = []
        self.went_back: list[str] = []
        self.canary = ""
