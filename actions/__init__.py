"""The assistant's own actions; `rasa run actions` and the assistant's process find them here."""

from actions.follow_up import Courtesy, FollowUp
from actions.guides import AnswerCvrHvordan, AnswerFindHjaelp, AnswerKontanthjaelpHvem, AnswerSmaajobModregning, TellOutcome
from actions.look_up import LookUp
from actions.safety import Safety
from actions.suggest_topics import SuggestTopics

__all__ = [
    "AnswerCvrHvordan",
    "AnswerFindHjaelp",
    "AnswerKontanthjaelpHvem",
    "AnswerSmaajobModregning",
    "Courtesy",
    "FollowUp",
    "LookUp",
    "Safety",
    "SuggestTopics",
    "TellOutcome",
]
