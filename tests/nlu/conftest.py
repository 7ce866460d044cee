from typing import Any

from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message


def ranked(text: str, ranking: dict[str, float], **set_before: Any) -> Message:
    """`text` as the classifier hands it on, with what other components have set."""
    guesses = [{"name": name, "confidence": value} for name, value in sorted(ranking.items(), key=lambda guess: -guess[1])]
    return Message({"text": text, INTENT: guesses[0], INTENT_RANKING_KEY: guesses, **set_before})


def topic_of(message: Message) -> str:
    """The topic that `message` is taken to be about."""
    name: str = message.get(INTENT)["name"]
    return name
