"""Letter-case shapes of words: what an uncased vocabulary loses, told to the network beside it."""

SHAPES = 9


def shape_of(word: str) -> int:
    """The shape's number.

    1 lower, 2 Title, 3 UPPER, 4 miXed, 5 digits, 6 one capital, 7 letters and digits, 8 marks;
    0 is left for pieces that begin no word.
    """
    if not any(char.isalnum() for char in word):
        return 8
    if word.isdigit():
        return 5
    if any(char.isdigit() for char in word):
        return 7
    if word.islower():
        return 1
    if len(word) == 1:
        return 6 if word.isupper() else 1
    if word.isupper():
        return 3
    if word[0].isupper() and word[1:].islower():
        return 2
    return 4 if any(char.isupper() for char in word) else 1
