"""The assistant's own actions; `rasa run actions` and the assistant's process find them here."""

from actions.course_dates import CourseDates
from actions.find_services import FindServices
from actions.suggest_topics import SuggestTopics

__all__ = ["CourseDates", "FindServices", "SuggestTopics"]
