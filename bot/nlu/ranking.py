"""The topics a message may be about, as Rasa's components hand them on."""

from __future__ import annotations

from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message


def ranking_of(message: Message) -> dict[str, float]:
    """Each topic's probability, the likeliest first."""
    return {guess[INTENT_NAME_KEY]: guess[PREDICTED_CONFIDENCE_KEY] for guess in message.get(INTENT_RANKING_KEY) or ()}


def put_first(message: Message, topic: str, confidence: float) -> None:
    """Makes `topic` what `message` is about. The others keep their order, half as probable as they were: there is no doubt any more."""
    rest = {name: value / 2 for name, value in ranking_of(message).items() if name != topic}
    ranking = [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: value} for name, value in {topic: confidence, **rest}.items()]
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
