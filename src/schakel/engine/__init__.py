"""Money, time and rules: pure Python. Same facts, terms and date give the same amounts, for ever."""
