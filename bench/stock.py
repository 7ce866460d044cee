"""The same content as an ordinary Rasa project, for Rasa's own server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rasa.shared.core.training_data.story_writer.yaml_story_writer import YAMLStoryWriter
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from bot.settings import ROOT, Settings
from bot.topics.importer import TopicImporter

# Training longer changes what DIET and TED answer, not how long an answer takes.
_EPOCHS = 1
DEFAULT_PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": _EPOCHS, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "FallbackClassifier", "threshold": 0.0},
]
DEFAULT_POLICIES = [
    {"name": "MemoizationPolicy"},
    {"name": "RulePolicy"},
    {"name": "TEDPolicy", "max_history": 5, "epochs": _EPOCHS, "constrain_similarities": True},
]


def write_project(folder: Path, *, same_pipeline: bool) -> None:
    """Writes and trains a Rasa project in `folder`: with our pipeline, or with the one that `rasa init` proposes."""
    importer = TopicImporter(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), str(Settings().data))
    (folder / "data").mkdir(parents=True)
    importer.get_domain().persist(folder / "domain.yml")
    learnt = importer.get_nlu_data()
    if not same_pipeline:
        # Phrases and other languages are for components of ours; Rasa's would make a feature of each.
        learnt = TrainingData(learnt.training_examples)
    learnt.persist(str(folder / "data"), filename="nlu.yml")
    YAMLStoryWriter().dump(folder / "data" / "rules.yml", importer.get_stories().story_steps)
    ours = importer.get_config()
    config = {
        "recipe": "default.v1",
        "assistant_id": "stock",
        "language": "da",
        "pipeline": ours["pipeline"] if same_pipeline else DEFAULT_PIPELINE,
        "policies": ours["policies"] if same_pipeline else DEFAULT_POLICIES,
    }
    YAML().dump(config, folder / "config.yml")
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    (folder / "endpoints.yml").write_text("action_endpoint:\n  url: http://127.0.0.1:5055/webhook\n", encoding="utf-8")
    (folder / "actions").symlink_to(ROOT / "actions")
    (folder / "bot").symlink_to(ROOT / "bot")
    subprocess.run([sys.executable, "-m", "rasa", "train", "--skip-validation"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
