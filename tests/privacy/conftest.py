from hypothesis import settings

# Masking takes well under a millisecond; a busy machine may take longer, and that is no failure.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
