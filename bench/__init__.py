"""Measures Vejviser beside stock Rasa on the same content and the same machine: `make bench`."""
