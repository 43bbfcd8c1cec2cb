"""The closed lists of words that records are made of (docs/scheme.md explains each)."""

from enum import StrEnum


class Layer(StrEnum):
    """What kind of thing a label marks."""

    ENTITY = "entity"
    QUOTE = "quote"
    CLAIM = "claim"
    SOURCE = "source"
    CUE = "cue"
    HEDGE = "hedge"


class Status(StrEnum):
    """Where a suggestion stands; what a person marks is accepted at birth."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class ArticleStatus(StrEnum):
    """How far the work on an article has come."""

    NEW = "new"
    IN_PROGRESS = "in progress"
    ANNOTATED = "annotated"
    REVIEWED = "reviewed"


class Pattern(StrEnum):
    """How a label's mark is drawn, so that colour is never alone."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    DASH_DOT = "dash-dot"
    WAVY = "wavy"
    BRACKET = "bracket"
    BAR = "bar"


class AttributeType(StrEnum):
    """What an attribute of a label may hold."""

    CHOICE = "choice"
    TEXT = "text"
    FLAG = "flag"
    NUMBER = "number"
    DATE = "date"


class SourceKind(StrEnum):
    """Who or what speaks."""

    NAMED_INDIVIDUAL = "named individual"
    NAMED_GROUP = "named group"
    UNNAMED_INDIVIDUAL = "unnamed individual"
    UNNAMED_GROUP = "unnamed group"
    DOCUMENT = "document"
    MEDIA_OUTLET = "media outlet"
    POLL = "poll"
    DATABASE = "database"
    OWN_OBSERVATION = "own observation"

    @property
    def unnamed(self) -> bool:
        """Whether a source of this kind must never be tied to a name."""
        return self in (SourceKind.UNNAMED_INDIVIDUAL, SourceKind.UNNAMED_GROUP)


class SourceRole(StrEnum):
    """In what capacity a source speaks."""

    DECISION_MAKER = "decision maker"
    PARTICIPANT = "participant"
    REPRESENTATIVE = "representative"
    EXPERT = "expert"
    WITNESS = "witness"
    INFORMATIONAL = "informational"


class SourceStatus(StrEnum):
    """Whether the source still holds the position that it is quoted for."""

    CURRENT = "current"
    FORMER = "former"


class Manner(StrEnum):
    """How words are reported."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Attitude(StrEnum):
    """The kind of attribution (PDTB, PARC3)."""

    ASSERTION = "assertion"
    BELIEF = "belief"
    FACT = "fact"
    EVENTUALITY = "eventuality"


class Assertion(StrEnum):
    """How firmly something is said."""

    ASSERTED = "asserted"
    ATTRIBUTED = "attributed"
    ALLEGED = "alleged"
    SPECULATIVE = "speculative"
    DENIED = "denied"


class Channel(StrEnum):
    """By what way the words came."""

    INTERVIEW = "interview"
    STATEMENT = "statement"
    PRESS_CONFERENCE = "press conference"
    PUBLIC_SPEECH = "public speech"
    PRIVATE_COMMUNICATION = "private communication"
    PUBLISHED_WORK = "published work"
    DOCUMENT = "document"
    PRESS_REPORT = "press report"
    SOCIAL_POST = "social post"
    LAWSUIT = "lawsuit"
    VOTE_OR_POLL = "vote or poll"
    PROPOSAL_ORDER_OR_LAW = "proposal, order or law"
    DIRECT_OBSERVATION = "direct observation"
    DECLINED_TO_COMMENT = "declined to comment"


class Checkworthy(StrEnum):
    """Whether a claim is worth a fact-checker's time."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class ClaimState(StrEnum):
    """Where a claim stands between first sight and sign-off."""

    UNREVIEWED = "unreviewed"
    IN_REVIEW = "in review"
    NEEDS_EVIDENCE = "needs evidence"
    VERIFIED = "verified"
    DISPUTED = "disputed"
    UNVERIFIABLE = "unverifiable"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


class Verdict(StrEnum):
    """What the evidence says (AVeriTeC, Schlichtkrull et al. 2023)."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    NOT_ENOUGH_EVIDENCE = "not enough evidence"
    CONFLICTING_EVIDENCE = "conflicting evidence"


class Stance(StrEnum):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class LinkKind(StrEnum):
    """What one record is to another."""

    SAME_CLAIM = "same_claim"
    CONTRADICTS = "contradicts"
    REPEATS = "repeats"
    CORRECTS = "corrects"
    DERIVED_FROM = "derived_from"
    QUOTE_VARIANT_OF = "quote_variant_of"
    COREFERENCE = "coreference"
    SAME_AS = "same_as"
    PART_OF = "part_of"
    SUPPORTS = "supports"
    REFUTES = "refutes"
