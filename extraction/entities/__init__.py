"""Names of people, organisations and places, found by a small sequence model.

`tagger.py` is the way in. `features.py` says what the model looks at, `model.py` reads what `training/entities.py`
learnt, `decoder.py` chooses the best labels. `CARD.md` tells what the model was made from and what it can do.
"""
