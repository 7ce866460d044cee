"""Vejviser: an anonymous Danish guidance assistant for people who sell sex."""
